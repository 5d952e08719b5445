// The form: a draft, errors at their fields, and sending the same comment again.
const FIELDS = ["text", "author_name", "author_email", "author_url"];

class Form {
  constructor(thread, form) {
    Object.assign(this, { thread, form });
    this.home = document.createComment("");
    form.before(this.home);
    this.input = form.elements;
    this.title = form.querySelector("[part~=title]");
    this.cancel = form.querySelector("[data-do=cancel]");
    this.told = element("p", { part: "told", role: "alert" });
    this.length = element("p", { part: "quiet", role: "status" });
    this.submit = form.querySelector("[type=submit]");
    this.submit.before(this.told);
    this.input.text.after(this.length);
    this.input.remember.parentNode.hidden = false;
    form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.hint = form.querySelector("[data-hint]");
    form.addEventListener("input", () => { clearTimeout(this.pause); this.pause = setTimeout(() => this.save(), 300); });
    this.fill();
  }

  get draft() { return `draft:${this.thread.api}`; }

  // Name and e-mail that were saved, and what was typed before.
  fill() {
    const saved = kept("author");
    const draft = kept(this.draft);
    this.input.remember.checked = Boolean(saved);
    for (const name of FIELDS) this.input[name].value ||= { ...saved, ...draft, ...this.thread.typed }[name] ?? "";
    const answered = this.thread.card(draft?.parent);
    if (answered) this.answer(answered);
    if (draft?.text) this.length.textContent = this.thread.say("restored");
  }

  read() {
    return Object.fromEntries(FIELDS.map((name) => [name, this.input[name].value]));
  }

  save() {
    const { say } = this.thread;
    const left = say("limit") - [...this.input.text.value].length;
    this.length.textContent = left < 200 ? `${say(left < 0 ? "over" : "left")} ${Math.abs(left)}` : "";
    // Name and e-mail are kept beyond this page only if the box is ticked.
    this.thread.typed = this.read();
    keep(this.draft, { text: this.input.text.value, parent: this.parent });
    clearTimeout(this.later);
    if (this.hint) this.later = setTimeout(() => this.ask(), 1500);
  }

  // If the service gives hints: which words may insult somebody. Only said, nothing is kept back.
  async ask() {
    const { hint, thread } = this;
    const { text } = this.read();
    const { message, words } = (text && await request(`${thread.root}hint/`, thread, { method: "POST", body: JSON.stringify({ text }) }).catch(() => 0)) || {};
    // What was typed meanwhile is asked about next.
    if (text !== this.input.text.value) return;
    hint.replaceChildren();
    if (!message) return;
    hint.append(message, " ", hint.dataset.hint);
    for (const word of new Set(words.map((each) => each.text))) hint.append(" ", element("mark", {}, word));
  }

  // Move under the comment that is answered, or back.
  answer(card) {
    const { say } = this.thread;
    this.parent = card ? Number(card.dataset.id) : null;
    (card ?? this.home).after(this.form);
    this.title.textContent = card ? say("replyTo").replace("#", card.dataset.name) : say("write");
    this.cancel.hidden = !card;
    if (this.input.text.value) this.save();
  }

  clearErrors() {
    this.told.replaceChildren();
    for (const error of this.form.querySelectorAll("[part=error]")) error.remove();
    for (const wrong of this.form.querySelectorAll("[aria-invalid]")) {
      wrong.removeAttribute("aria-invalid");
      wrong.removeAttribute("aria-describedby");
    }
  }

  // Each at its field; returns those that have none.
  showErrors(errors) {
    const rest = [];
    for (const { pointer, detail } of errors) {
      const input = FIELDS.includes(pointer.slice(2)) && this.input[pointer.slice(2)];
      if (input) {
        const id = `${input.id}-error`;
        input.after(element("p", { part: "error", id }, detail));
        input.setAttribute("aria-invalid", "true");
        input.setAttribute("aria-describedby", id);
      } else rest.push(detail);
    }
    this.form.querySelector("[aria-invalid]")?.focus();
    return rest.join(" ");
  }

  // The same fields are sent with the same key and body, so the comment is stored once.
  async prepared() {
    const { thread, parent } = this;
    const fields = JSON.stringify([this.read(), this.input.notify?.checked, parent]);
    if (this.attempt?.fields === fields) return this.attempt;
    const found = await request(`${thread.root}challenge/`, thread);
    const { challenge } = found;
    const body = JSON.stringify({
      ...this.read(), notify: this.input.notify?.checked, parent, article: thread.about, author_secret: secret(), challenge, proof: await prove(found),
    });
    return (this.attempt = { fields, body, key: random() });
  }

  async send() {
    const { form, thread, submit } = this;
    if (form.ariaBusy) return;
    this.clearErrors();
    this.save();
    form.ariaBusy = "true";
    submit.textContent = thread.say("sending");
    try {
      const { body, key } = await this.prepared();
      const stored = await request(thread.api, thread, { method: "POST", body, key });
      this.sent(stored, JSON.parse(body));
    } catch (failure) {
      this.fail(failure);
    }
    form.ariaBusy = null;
    submit.textContent = thread.say("send");
  }

  sent(status, { text, author_name, author_url, author_email, parent }) {
    this.attempt = null;
    keep("author", this.input.remember.checked ? { author_name, author_email, author_url } : null);
    this.input.text.value = this.length.textContent = "";
    clearTimeout(this.pause);
    clearTimeout(this.later);
    this.hint?.replaceChildren();
    this.answer(null);
    keep(this.draft, this.thread.typed = null);
    this.thread.told(status.id, { text, author_name, parent, created_at: new Date().toISOString(), ...status });
  }

  fail({ status, errors = [], wait, message }) {
    const { say } = this.thread;
    if (status === 409) return setTimeout(() => this.send(), 1000 * (wait || 1));
    if (status === 403) return this.thread.close(message);
    if (errors.some((each) => each.pointer === "#/challenge")) this.attempt = null;
    this.told.append([say("unsent"), errors.length ? this.showErrors(errors) : message, wait && `${say("wait")} ${wait}.`].filter(Boolean).join(" "));
    if (!errors.length) this.told.append(" ", element("button", { part: "button" }, say("again")));
  }
}
