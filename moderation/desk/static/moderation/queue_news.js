/* What changes while the queue is open: claims, colleagues' decisions, new comments, counts. */
(() => {
  const queue = window.moderationQueue;
  if (!queue) return;
  const NEWS_EVERY = 15_000;
  const CLAIM_EVERY = 45_000;
  // For so long after it is shown, nobody has read a comment yet.
  const UNREAD = 400;
  // The list is filled up when fewer wait in it, and forgets what was decided long ago.
  const FEW = 8;
  const MAX_DECIDED = 40;
  const { list, root, words } = queue;
  const button = document.getElementById("focus-new");
  let { since } = words;
  let isFilling = false;

  const waiting = () => queue.rows().filter(queue.isOpen);
  const known = () => waiting().map((row) => row.dataset.comment).slice(0, 200).join(",");

  async function addRows(query, where = "beforeend") {
    const answer = await queue.ask(queue.withFilter(words.rows, query), {});
    if (!answer.ok) return 0;
    const piece = document.createElement("template");
    piece.innerHTML = await answer.text();
    piece.content.querySelectorAll(".focus-row").forEach((row) => queue.rowOf(row.dataset.comment)?.remove());
    const added = piece.content.childElementCount;
    list.insertAdjacentHTML(where, [...piece.content.children].map((row) => row.outerHTML).join(""));
    if (query.includes("new=")) since = answer.headers.get("X-Since") ?? since;
    return added;
  }

  async function fillUp() {
    const left = parseInt(document.getElementById("focus-left").textContent, 10);
    if (isFilling || waiting().length >= Math.min(FEW, left)) return;
    isFilling = true;
    try {
      const added = await addRows(`known=${known()}`);
      if (added && !queue.card()) queue.show(waiting()[0].dataset.comment);
    } catch {
      // The next decision or news asks again.
    } finally {
      isFilling = false;
    }
  }

  function forget() {
    const decided = queue.rows().filter((row) => !queue.isOpen(row));
    decided.slice(0, Math.max(0, decided.length - MAX_DECIDED)).forEach((row) => row.remove());
  }

  function showClaim(row, name) {
    if (!row || !queue.isOpen(row)) return;
    if (name) row.dataset.holder = name;
    else delete row.dataset.holder;
    queue.annotate(row);
  }

  function showClaims(claims) {
    waiting().forEach((row) => showClaim(row, claims[row.dataset.comment]));
  }

  function showDecided(decided) {
    for (const [pk, sentence] of Object.entries(decided)) {
      queue.settle(pk, sentence);
      if (queue.card()?.dataset.comment === pk) queue.say(sentence, true);
    }
  }

  function showCounts({ left, reasons }) {
    queue.setLeft(left);
    const all = Object.values(reasons).reduce((sum, each) => sum + each, 0);
    root.querySelectorAll("[data-count-of]").forEach((place) => {
      const reason = place.dataset.countOf;
      place.textContent = reason ? (reasons[reason] ?? 0) : all;
    });
  }

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await queue.ask(queue.withFilter(words.news, `known=${known()}&since=${since}`), {});
      if (!answer.ok) return;
      const news = await answer.json();
      showClaims(news.claims);
      showDecided(news.decided);
      showCounts(news);
      button.hidden = !news.new;
      button.textContent = news.sentence;
      await fillUp();
    } catch {
      // A missed look is made up for by the next one.
    }
  }

  /* Claim what is in focus. If a colleague has it, and it came by itself, the next one comes instead. */
  async function claim(comment, isNext = false) {
    if (!queue.mayReview || document.hidden) return;
    const began = performance.now();
    try {
      const { holder } = await queue.post(words.claim, { comment });
      const shown = queue.card();
      if (!shown || shown.dataset.comment !== comment) return;
      if (holder) showClaim(queue.rowOf(comment), holder);
      if (holder && isNext && performance.now() - began < UNREAD) {
        queue.showNext(comment);
        return;
      }
      const note = shown.querySelector(".focus-holder");
      note.hidden = !holder;
      note.textContent = holder ? queue.fill(words.reads, { name: holder }) : "";
    } catch {
      // Without a claim the decision is still taken by whoever is first.
    }
  }

  button.addEventListener("click", async () => {
    button.hidden = true;
    const isEmpty = !waiting().length;
    await addRows(`known=${known()}&since=${since}&new=1`);
    if (isEmpty && waiting().length) queue.show(waiting()[0].dataset.comment);
    else waiting().at(-1)?.firstElementChild.focus();
  });
  document.addEventListener("queue:looked", ({ detail }) => claim(detail.comment, detail.isNext));
  document.addEventListener("queue:answered", () => {
    forget();
    fillUp();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    look();
    if (queue.card()) claim(queue.card().dataset.comment);
  });
  setInterval(look, NEWS_EVERY);
  setInterval(() => queue.card() && claim(queue.card().dataset.comment), CLAIM_EVERY);
  queue.addRows = addRows;
  queue.look = look;
})();
