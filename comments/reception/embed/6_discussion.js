// The discussion: loaded, or taken over where the page has it.
const { src: source } = document.currentScript ?? {};

class Discussion extends HTMLElement {
  static observedAttributes = ["article", "url", "title", "lang", "order", "site", "server"];

  connectedCallback() {
    this.left = new AbortController();
    const { signal } = this.left;
    this.addEventListener("click", (event) => this.pressed(event), { signal });
    document.addEventListener("visibilitychange", () => this.watch(0), { signal });
    // Its children may still be on their way.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.start(), { once: true, signal });
    else this.start();
  }

  disconnectedCallback() {
    this.left.abort();
    this.stop();
  }

  attributeChangedCallback(name, before, now) {
    if (name === "title") {
      // As an attribute it would be a tooltip over the whole discussion.
      if (now) { this.headline = now; this.removeAttribute(name); }
    } else if (this.api && before !== now) {
      this.replaceChildren();
      this.start();
    }
  }

  stop() {
    clearTimeout(this.next);
    clearTimeout(this.asking);
    this.near?.disconnect();
  }

  // A sentence of the service or one of our own; of those about numbers, the right form.
  say = (name, number) => {
    const found = this.words?.[name] ?? (WORDS[this.language] ?? WORDS.en)[name];
    return number === undefined ? found : found[new Intl.PluralRules(this.language).select(number)].replace("#", number);
  };

  card = (id) => this.querySelector(`[data-id="${id}"]`);
  find(part) { return this.querySelector(`[part~=${part}]`); }
  tell(sentence) { this.said.textContent = sentence; }

  get language() { return this.closest("[lang]")?.lang.slice(0, 2) || "en"; }

  get server() { return this.getAttribute("server")?.replace(/\/?$/, "/") ?? (source ? new URL("../../", source).href : ""); }

  get about() {
    const url = this.getAttribute("url") ?? document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
    return { url, title: this.headline ?? (document.querySelector("h1")?.textContent.trim() || document.title) };
  }

  // What is wrong with the attributes, in words for the person who wrote the page.
  mistake() {
    const url = this.getAttribute("url");
    if (!this.getAttribute("article")?.trim()) return ["article", "missing"];
    if (url !== null && !/^https?:\/\/[^/]/.test(url)) return ["url", "address"];
    if (!/^(newest|oldest|useful)?$/.test(this.getAttribute("order") ?? "")) return ["order", "sorting"];
    if (!/^https?:/.test(this.server)) return ["server", "address"];
  }

  fault([name, what]) {
    this.replaceChildren(element("p", { part: "wrong", role: "alert" }, `${this.say("wrong").replace("#", name)} ${this.say(what)}`));
  }

  start() {
    this.stop();
    this.words = null;
    const mistake = this.mistake();
    const site = this.getAttribute("site");
    this.root = `${this.server}api/v1/${site ? `sites/${encodeURIComponent(site)}/` : ""}`;
    this.api = `${this.root}articles/${encodeURIComponent(this.getAttribute("article")?.trim())}/comments/`;
    this.order = this.getAttribute("order") || "newest";
    this.own = new Own(this);
    if (mistake) this.fault(mistake);
    else if (!this.find("discussion")) this.wait();
    else if (this.said?.isConnected) this.load();
    else this.take();
  }

  // Only the space, until the reader comes near.
  wait() {
    this.replaceChildren(element("div", { part: "waiting" }, element("p", { part: "note", role: "status" }, this.say("loading"))));
    this.near = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      this.near.disconnect();
      this.load();
    }, { rootMargin: "600px" });
    this.near.observe(this);
  }

  html(order = this.order) { return `${this.api}html/?lang=${this.language}&order=${order}`; }

  async load(order = this.order) {
    this.ariaBusy = "true";
    try {
      const found = await request(this.html(order), this);
      const isFirst = this.find("waiting");
      if (this.find("form")) this.form.save();
      this.replace(() => {
        this.replaceChildren(found);
        this.take();
      });
      // Later it would throw the reader back from wherever they are.
      if (isFirst) await this.showLinked();
    } catch (failure) {
      this.fail(failure);
    }
    this.ariaBusy = null;
  }

  // Whatever is replaced by something newer: the focus, an open panel and the place of a field in use stay.
  replace(act) {
    const { activeElement: active } = document;
    const isUsed = this.contains(active);
    const { top } = active.getBoundingClientRect();
    const same = (used) => this.card(used.closest("[data-id]")?.dataset.id);
    const panels = this.querySelectorAll("[part=panel]");
    act();
    for (const panel of panels) if (!panel.isConnected) same(panel)?.querySelector("[part=main]").append(panel);
    const { do: what, order } = active.dataset;
    if (!isUsed) return;
    const found = active.isConnected ? active : same(active)?.querySelector(`[data-do=${what}]`) ?? same(active) ?? this.querySelector(`a[data-order=${order}]`);
    // A field that has the focus already may be in the middle of a word.
    if (found !== document.activeElement) found?.focus({ preventScroll: true });
    if (found === active) scrollBy(0, active.getBoundingClientRect().top - top);
  }

  fail({ message }) {
    this.find("note")?.remove();
    const note = element("p", { part: "note", role: "alert" }, `${this.said ? "" : this.say("unread")} ${message} `, button("retry", this.say("again")));
    (this.find("discussion") ?? this.find("waiting") ?? this).prepend(note);
  }

  // The service's HTML stays as it is and gets what needs a script.
  take() {
    const served = this.find("discussion");
    const { words, count, closed, live, next, order } = served.dataset;
    if (this.lang && served.lang !== this.language) { this.fault(["lang", "language"]); return; }
    Object.assign(this, { words: JSON.parse(words), count: +count, closed: closed === "yes", pollAfter: +live, following: next, order });
    this.list = this.find("list");
    this.said = element("p", { part: "unseen", role: "status" });
    this.place = element("div", { part: "own", hidden: true });
    this.freshButton = element("button", { type: "button", part: "button fresh", "data-do": "fresh", hidden: true });
    this.list.before(this.said, this.place, this.freshButton);
    this.show([this]);
    const form = this.find("form");
    this.form = form && new Form(this, form);
    this.askOwn(this.own.with(/./));
    this.watch(this.pollAfter);
  }

  close(sentence) {
    this.closed = true;
    this.form?.form.replaceWith(element("p", { part: "closed", role: "status" }, sentence));
    this.form = null;
    for (const reply of this.querySelectorAll("[data-do=reply]")) reply.remove();
  }

  // The comment that the address of the page names, if it is not on this page of the list.
  async showLinked() {
    const [, id] = location.hash.match(/^#comment-(\d+)$/) ?? [];
    if (!id) return;
    if (!this.card(id)) {
      const { parent_id: root } = await request(`${this.api}${id}/`, this).catch(() => ({}));
      if (root !== undefined) await this.loadThread(root ?? id);
    }
    const card = this.card(id);
    card?.closest("details")?.setAttribute("open", "");
    card?.setAttribute("part", "comment linked");
    card?.scrollIntoView();
    card?.focus({ preventScroll: true });
  }

  loadMore() {
    return this.attempt(async () => {
      const found = await request(this.following, this);
      const { next } = found.querySelector("[data-words]").dataset;
      // What moved between the pages meanwhile is there already.
      const items = [...found.querySelectorAll("[data-root]")].filter(({ dataset }) => !this.list.querySelector(`[data-root="${dataset.root}"]`));
      this.list.append(...items);
      this.following = next;
      if (!next) this.find("more").remove();
      this.show(items);
      this.showOwn();
      items[0]?.querySelector("[data-id]").focus();
    });
  }

  // One thread with all its replies, in its place or at the head of the list: asked for, or for an own comment.
  loadThread(root, own) {
    return this.attempt(async () => {
      const item = (await request(`${this.html()}&parent=${root}`, this)).querySelector("[data-root]");
      const old = this.list.querySelector(`[data-root="${root}"]`);
      const fold = item.querySelector("details");
      this.replace(() => {
        if (old) old.replaceWith(item);
        else this.list.prepend(item);
        if (old?.contains(this.form?.form)) this.form.answer(this.card(this.form.parent));
        this.find("empty")?.remove();
        if (fold && old) fold.open = !own || old.querySelector("details")?.open;
        this.settle(own);
        this.show([item]);
        this.showOwn();
      });
      if (!own && old) fold?.querySelector("[data-id]")?.focus();
    });
  }

  // An own comment that was published leaves its place above the list.
  settle(id) {
    const card = this.card(id);
    if (!this.place.contains(card)) return;
    card.remove();
    this.count += 1;
    this.card(id)?.closest("details")?.setAttribute("open", "");
  }

  // What only a script can add to the service's HTML.
  show(items) {
    const all = (found) => items.flatMap((item) => [...item.querySelectorAll(found)]);
    for (const time of all("time")) showTime(time, this.language);
    for (const report of all("[data-do=report]")) {
      const card = report.closest("[data-id]");
      if (!card.querySelector("[part~=staff]")) report.after(button("mute", " ", card.dataset.name));
    }
    showMuted(this);
    this.askVotes(all("[data-do=useful]")).catch(() => {});
  }

  // How many readers find each comment useful: not in the HTML, which is kept for all.
  async askVotes(buttons) {
    for (const each of buttons) showVotes(this, each);
    while (buttons.length) {
      const some = buttons.splice(0, 200);
      const { votes } = await request(`${this.api}votes/?ids=${some.map(({ value }) => value)}`, this);
      for (const each of some) showVotes(this, each, votes[each.value]);
    }
  }

  // What a pressed button asks for; a failure is told, and the button stays.
  attempt(act) { return act().catch((failure) => this.fail(failure)); }

  pressed(event) {
    const found = event.target.closest("[data-do]");
    if (!found || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const card = found.closest("[data-id]");
    ACTIONS[found.dataset.do](this, card, Number(card?.dataset.id), found);
  }
}
