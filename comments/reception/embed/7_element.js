// <comment-thread>: a discussion that is kept current.
// How long an open page asks as often as the service allows after the last change, and how rarely then.
const LIVELY = 120_000;
const RARELY = 30;

class CommentThread extends Discussion {
  async look() {
    const { comments, is_closed: closed, poll_after: after } = await request(`${this.api}live/`, this);
    this.pollAfter = after;
    if (comments !== this.known) {
      this.known = comments;
      this.changed = Date.now();
      this.find("title").textContent = comments ? this.say("count", comments) : this.say("title");
      // Perhaps it is the reader's own comment, which is no news.
      await this.askOwn();
      this.isOutdated = comments < this.count;
    }
    // What was taken down leaves the page, and the form of a closed discussion, but not under the reader's hands.
    if ((!this.isOutdated && (!closed || this.closed)) || this.find("panel") || this.contains(document.activeElement)) return;
    this.isOutdated = false;
    await this.load();
  }

  // The number of new comments is offered, and nothing that is being read moves.
  offer() {
    const fresh = this.known - this.count;
    if (fresh > 0) {
      if (this.freshButton.hidden) this.tell(this.say("arrived"));
      this.freshButton.textContent = this.say("fresh", fresh);
    }
    this.freshButton.hidden = !(fresh > 0);
  }

  async showFresh() {
    const known = new Set(Array.from(this.list.querySelectorAll("[data-id]"), (card) => card.dataset.id));
    await this.load();
    const first = [...this.list.querySelectorAll("[data-id]")].find((card) => !known.has(card.dataset.id));
    first?.closest("details")?.setAttribute("open", "");
    (first ?? this.list).focus();
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

  async change(id, url, done, method, sent) {
    const told = await request(url, this, { method, body: sent && JSON.stringify(sent) });
    done();
    const card = this.card(id);
    if (told.status !== "published" && !this.place.contains(card)) card.remove();
    this.told(id, told);
  }

  // What the service said of an own comment that was sent or changed.
  told(id, record) {
    this.own.update(id, record);
    this.own.pause = 1000;
    this.showOwn();
    this.card(id)?.focus();
    this.tell(record.message);
    this.askLater();
  }

  async askOwn(asked = this.own.with(/pending|held/)) {
    const news = await this.own.ask(asked);
    for (const { id, parent } of this.own.with(/published/)) if (this.place.contains(this.card(id))) await this.publish(id, parent);
    this.showOwn();
    this.offer();
    if (news.length) this.tell(news.join(" "));
    this.askLater();
  }

  // A comment that was published goes to its place in the list, if that is on the page.
  async publish(id, parent) {
    const thread = this.card(parent)?.closest("[data-root]");
    if (thread || !parent) await this.loadThread(thread?.dataset.root ?? id, id);
    else this.settle(id);
  }

  askLater() {
    clearTimeout(this.asking);
    if (!this.own.with(/pending|held/).length || !this.isConnected) return;
    this.asking = setTimeout(() => (document.hidden ? this.askLater() : this.askOwn()), this.own.pause);
    this.own.pause = Math.min(2 * this.own.pause, MAX_PAUSE);
  }

  // Those that are not published stand above the list; the others are named as the reader's.
  showOwn() {
    if (this.place.querySelector("[part=panel]")) return;
    const waiting = this.own.with(/^(?!published)./);
    if (waiting.length) this.find("empty")?.remove();
    this.replace(() => {
      this.place.hidden = !waiting.length;
      this.place.replaceChildren(element("h3", { part: "title" }, this.say("own")), ...waiting.map((comment) => ownCard(this, comment)));
    });
    for (const comment of this.own.with(/published/)) this.mark(comment);
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
