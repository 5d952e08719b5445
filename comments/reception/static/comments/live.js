/* Tell of new comments on the open page; they are shown when the reader wants them. */
(() => {
  const MAX_PAUSE = 30_000;
  const MAX_FAILED_PAUSE = 120_000;
  const SLOWER = 1.25;
  const REQUEST_TIMEOUT = 20_000;
  const { find, read, show, isPressed } = window.discussion;
  const bar = document.getElementById("new-comments");
  const link = bar.querySelector("a");
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const shownCount = () => Number(find(document).dataset.count);

  let etag = "";
  let pause = 1000;
  let next;

  /* The sentence in the form that the number needs: the server wrote one for 1, 2 and 5. */
  function sentence(number) {
    const { one, few, many } = link.dataset;
    const form = { one, few: few ?? many }[plural.select(number)] ?? many;
    return form.replace(/\d+/, number.toLocaleString(document.documentElement.lang));
  }

  function tell(count) {
    const fresh = count - shownCount();
    bar.hidden = fresh <= 0;
    const said = fresh > 0 ? sentence(fresh) : "";
    if (link.textContent !== said) link.textContent = said;
  }

  async function ask() {
    const headers = etag ? { "If-None-Match": etag } : {};
    const signal = AbortSignal.timeout?.(REQUEST_TIMEOUT);
    const answer = await fetch(bar.dataset.live, { cache: "no-store", headers, signal });
    if (answer.status === 304) {
      pause = Math.min(pause * SLOWER, MAX_PAUSE);
      return;
    }
    if (!answer.ok) throw new Error(answer.status);
    const { comments, poll_after: seconds } = await answer.json();
    // It may be the reader's own comment, which waiting.js shows at once.
    const changed = new CustomEvent("discussion:changed", { detail: [] });
    if (etag) document.dispatchEvent(changed);
    etag = answer.headers.get("ETag") ?? "";
    pause = seconds ? seconds * 1000 : Infinity;
    await Promise.allSettled(changed.detail);
    tell(comments);
  }

  function wait() {
    clearTimeout(next);
    if (!document.hidden && pause < Infinity) next = setTimeout(askAndWait, pause);
  }

  function askAndWait() {
    ask()
      .catch(() => { pause = Math.min(pause * 2, MAX_FAILED_PAUSE); })
      .finally(wait);
  }

  /* Show the newest page in place, and go to its first new comment. */
  async function showNew() {
    const known = new Set(Array.from(document.querySelectorAll(".comment"), ({ id }) => id));
    const fresh = await read();
    if (!fresh || isPressed()) return;
    show(fresh);
    tell(shownCount());
    const found = Array.from(find(document).querySelectorAll(".comment"));
    const target = found.find(({ id }) => id && !known.has(id)) ?? find(document);
    target.closest("details")?.setAttribute("open", "");
    target.tabIndex = -1;
    target.focus();
  }

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || bar.dataset.inPlace === undefined) return;
    event.preventDefault();
    showNew().catch(() => { location.href = link.href; });
  });
  document.addEventListener("discussion:replaced", () => tell(shownCount()));
  document.addEventListener("visibilitychange", () => {
    clearTimeout(next);
    if (!document.hidden) askAndWait();
  });
  wait();
})();
