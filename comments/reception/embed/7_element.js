// <comment-thread>: a discussion that is kept current.
// How long an open page asks as often as the service allows after the last change, and how rarely then.
const LIVELY = 120_000;
const RARELY = 30;

class CommentThread extends Discussion {
  // The number of new comments is offered, and nothing that is being read moves.
  async look() {
    const { comments, is_closed: closed, poll_after: after } = await request(`${this.api}live/`, this);
    this.pollAfter = after;
    if (closed && !this.closed) { await this.load(); return; }
    if (comments === this.known) return;
    this.known = comments;
    this.changed = Date.now();
    const fresh = comments - this.count;
    this.find("title").textContent = comments ? this.say("count", comments) : this.say("title");
    if (fresh > 0) {
      if (this.freshButton.hidden) this.tell(this.say("arrived"));
      this.freshButton.textContent = this.say("fresh", fresh);
    }
    this.freshButton.hidden = fresh <= 0;
    // What was taken down leaves the page, but not under the reader's hands.
    if (fresh < 0 && !this.contains(document.activeElement)) await this.load();
  }

  showFresh() {
    return this.attempt(async () => {
      const known = new Set(Array.from(this.list.querySelectorAll("[data-id]"), (card) => card.dataset.id));
      this.form?.save();
      await this.load();
      const first = [...this.list.querySelectorAll("[data-id]")].find((card) => !known.has(card.dataset.id));
      first?.closest("details")?.setAttribute("open", "");
      (first ?? this.list).focus();
    });
  }

  // Ask often while things change, rarely while nothing does, never while nobody looks.
  watch(after) {
    clearTimeout(this.next);
    if (document.hidden || !this.pollAfter) return;
    this.changed ??= Date.now();
    this.next = setTimeout(async () => {
      await this.look().catch(() => {});
      const quiet = Date.now() - this.changed > LIVELY;
      if (this.isConnected) this.watch(quiet ? Math.min(after * 1.5 + 1, RARELY) : this.pollAfter);
    }, 1000 * after);
  }

  addOwn(record) {
    this.own.set(record.id, record);
    this.own.save();
    this.told(record.id, record.message);
  }

  async change(id, url, done, method, sent) {
    const told = await request(url, this, { method, body: sent && JSON.stringify(sent) });
    done();
    this.own.update(id, told);
    const card = this.card(id);
    if (told.status !== "published" && !this.place.contains(card)) card.remove();
    this.told(id, told.message);
  }

  told(id, message) {
    this.own.pause = 1000;
    this.showOwn();
    this.card(id)?.focus();
    this.tell(message);
    this.askLater();
  }

  async askOwn(ids) {
    const news = await this.own.ask(ids);
    for (const { id, parent } of this.own.with(/published/)) if (this.place.contains(this.card(id))) await this.publish(id, parent);
    this.showOwn();
    if (news.length) this.tell(news.join(" "));
    this.askLater();
  }

  // A comment that was published goes to its place in the list.
  async publish(id, parent) {
    const focused = this.card(id).contains(document.activeElement);
    const answered = parent && this.card(parent)?.closest("[data-root]");
    this.card(id).remove();
    if (answered || !parent) await this.loadThread(answered ? answered.dataset.root : id, false);
    this.count += 1;
    const card = this.card(id);
    card?.closest("details")?.setAttribute("open", "");
    if (focused) card?.focus({ preventScroll: true });
  }

  askLater() {
    clearTimeout(this.asking);
    const open = this.own.with(/pending|held/);
    if (!open.length || !this.isConnected) return;
    this.asking = setTimeout(() => {
      if (document.hidden) this.askLater();
      else this.askOwn(open.map(({ id }) => id));
    }, this.own.pause);
    this.own.pause = Math.min(2 * this.own.pause, MAX_PAUSE);
  }

  // Those that are not published stand above the list; the others are named as the reader's.
  showOwn() {
    if (this.place.querySelector("[part=panel]")) return;
    const focused = this.place.contains(document.activeElement) && document.activeElement.closest("[data-id]")?.dataset.id;
    const waiting = this.own.with(/^(?!published)./);
    this.place.hidden = !waiting.length;
    if (waiting.length) this.find("empty")?.remove();
    this.place.replaceChildren(element("h3", { part: "title" }, this.say("own")), ...waiting.map((comment) => ownCard(this, comment)));
    for (const comment of this.own.with(/published/)) this.mark(comment);
    if (focused) this.card(focused)?.focus({ preventScroll: true });
  }

  mark(comment) {
    const card = this.card(comment.id);
    if (!card || card.querySelector("[part=mark]")) return;
    for (const other of card.querySelectorAll("[data-do=report], [data-do=mute]")) other.remove();
    card.querySelector("[part=author]").after(element("span", { part: "mark" }, this.say("mine")));
    card.querySelector("[part=actions]")?.append(...allowed(this, comment));
  }
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLES);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
if (!customElements.get("comment-thread")) customElements.define("comment-thread", CommentThread);
