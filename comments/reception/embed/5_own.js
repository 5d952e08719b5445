// The reader's own comments: kept by the page's origin, asked about at the service.
const MAX_KEPT = 30;
const MAX_PAUSE = 60_000;

class Own extends Map {
  pause = 1000;

  constructor(thread) {
    super();
    this.thread = thread;
    for (const record of kept(this.name) ?? []) this.set(record.id, record);
  }

  get name() { return `own:${this.thread.api}`; }

  save() {
    keep(this.name, [...this.values()].slice(-MAX_KEPT));
  }

  // Returns the sentence if it is new.
  update(id, told) {
    const known = this.get(id);
    this.set(id, { ...known, ...told });
    this.save();
    return told.message === known?.message ? "" : told.message;
  }

  async ask(asked) {
    const news = await Promise.all(asked.map(async ({ id, status_url: url }) => {
      try {
        return this.update(id, await request(url, this.thread));
      } catch ({ status }) {
        if (status === 404) this.delete(id);
      }
    }));
    this.save();
    return news.filter(Boolean);
  }

  with(test) {
    return [...this.values()].filter(({ status }) => test.test(status));
  }
}

// A small form in a comment: change, withdraw, appeal, report.
function panel(thread, card, { title, ok, act }, ...fields) {
  card.querySelector("[part=panel]")?.remove();
  const told = element("p", { part: "told", role: "alert" });
  const made = element("form", { part: "panel", novalidate: true },
    element("fieldset", {}, element("legend", {}, title), fields), told,
    element("p", { part: "actions" }, element("button", { part: "button main-button" }, ok), button("close", thread.say("cancel"))));
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (made.ariaBusy) return;
    made.ariaBusy = "true";
    try {
      await act(Object.fromEntries(new FormData(made)), () => made.remove());
    } catch ({ message, errors = [] }) {
      told.textContent = errors.map(({ detail }) => detail).join(" ") || message;
    }
    made.ariaBusy = null;
  });
  card.querySelector("[part=main]").append(made);
  made.querySelector("textarea, input, button").focus();
}

// For which comments the reader has voted, and whom they do not want to read.
function listed(name, value) {
  const known = kept(name) ?? [];
  return { has: known.includes(value), toggle: () => keep(name, known.includes(value) ? known.filter((each) => each !== value) : [...known, value]) };
}

// As on the service's own page.
const plain = (name) => name.normalize("NFKC").trim().toLowerCase();

function showVotes({ api, own }, pressed, votes) {
  const id = Number(pressed.value);
  pressed.ariaPressed = listed(`useful:${api}`, id).has;
  pressed.disabled = own.has(id);
  pressed.hidden = own.has(id) && !votes;
  pressed.querySelector("[part=count]").textContent = votes ? ` ${votes}` : "";
}

function showMuted({ list, say }) {
  for (const pressed of list.querySelectorAll("[data-do=mute]")) {
    const card = pressed.closest("[data-id]");
    const muted = listed("muted", plain(card.dataset.name)).has;
    card.querySelector("[part=text]").hidden = muted;
    pressed.firstChild.data = say(muted ? "muted" : "mute");
  }
}

function area(label, name, value = "") {
  const input = element("textarea", { name, rows: 3 });
  input.value = value;
  return element("label", { part: "field" }, label, input);
}

// A panel for what authors do with a comment of theirs.
const own = (title, ok, method, path, label, name) => (thread, card, id) => {
  const { say } = thread;
  const comment = thread.own.get(id);
  const act = (sent, done) => thread.change(id, comment.status_url + path, done, method, name && sent);
  panel(thread, card, { title: say(title), ok: say(ok), act }, name && area(say(label), name, comment[name]));
};

const ACTIONS = {
  reply(thread, card) {
    thread.form.answer(card);
    thread.form.input.text.focus();
  },
  cancel({ form, card }) {
    const answered = card(form.parent);
    form.answer(null);
    (answered?.querySelector("[data-do=reply]") ?? form.input.text).focus();
  },
  close(thread, card) {
    card.querySelector("[part=panel]").remove();
    card.focus();
  },
  edit: own("edit", "save", "PATCH", "", "text", "text"),
  withdraw: own("sure", "withdraw", "DELETE", ""),
  appeal: own("appeal", "ok", "POST", "appeal/", "because", "sentence"),
  away(thread, card, id) {
    thread.own.delete(id);
    thread.own.save();
    thread.showOwn();
    thread.list.focus();
  },
  report(thread, card, id) {
    const { say } = thread;
    const choices = Object.entries(say("reasons")).map(([value, label]) =>
      element("label", { part: "choice" }, element("input", { type: "radio", name: "reason", value }), label));
    panel(thread, card, {
      title: say("why"), ok: say("ok"),
      async act(sent, done) {
        const body = JSON.stringify({ ...sent, author_secret: secret() });
        const { message } = await request(`${thread.api}${id}/reports/`, thread, { method: "POST", body });
        done();
        thread.tell(message);
        // It may have been replaced by a newer one.
        const reported = thread.card(id);
        reported.querySelector("[data-do=report]").replaceWith(element("span", { part: "quiet" }, message));
        reported.focus();
      },
    }, ...choices, area(say("sentence"), "sentence"));
  },
  useful: (thread, card, id, pressed) => thread.attempt(async () => {
    const vote = listed(`useful:${thread.api}`, id);
    const body = JSON.stringify({ useful: !vote.has, author_secret: secret() });
    const { votes } = await request(`${thread.api}${id}/vote/`, thread, { method: "PUT", body });
    vote.toggle();
    showVotes(thread, pressed, votes);
  }),
  mute(thread, card) {
    listed("muted", plain(card.dataset.name)).toggle();
    showMuted(thread);
  },
  order: (thread, card, id, pressed) => thread.load(pressed.dataset.order),
  fresh: (thread) => thread.showFresh(),
  more: (thread) => thread.loadMore(),
  retry: (thread) => thread.load(),
  all: (thread, card, id, pressed) => thread.loadThread(pressed.closest("[data-root]").dataset.root),
};
