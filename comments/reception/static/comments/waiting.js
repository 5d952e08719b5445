/* Show decisions on the author's waiting comments without a reload. */
(() => {
  const MAX_PAUSE = 60_000;
  const REQUEST_TIMEOUT = 20_000;
  const announcement = document.getElementById("announcement");
  const find = (page) => page.getElementById("comments");
  const undecided = () => document.querySelector(".comment-pending, .comment-held");
  const sentencesById = (section) =>
    new Map(Array.from(section.querySelectorAll(".comment-status"), ({ id, textContent }) => [id, textContent]));

  async function read() {
    const signal = AbortSignal.timeout?.(REQUEST_TIMEOUT);
    const answer = await fetch(location.href, { cache: "no-store", signal });
    if (!answer.ok) throw new Error(answer.status);
    return find(new DOMParser().parseFromString(await answer.text(), "text/html"));
  }

  /* The sentences that have changed; a comment without one has been published. */
  function news(before, after) {
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (id) => before.get(id) !== after.get(id),
    );
    return changed.map((id) => after.get(id) ?? announcement.dataset.published);
  }

  /* The element for the focus in the new section: the same comment or link, or the section itself. */
  function focusTarget(focused, fresh) {
    const link = focused.getAttribute("href");
    const same = focused.id ? `#${CSS.escape(focused.id)}` : link && `a[href="${CSS.escape(link)}"]`;
    return (same && fresh.querySelector(same)) || fresh;
  }

  /* Folds that the reader has opened stay open. */
  function keepOpen(shown, fresh) {
    for (const { dataset } of shown.querySelectorAll("details[open]")) {
      const same = fresh.querySelector(`details[data-thread="${dataset.thread}"]`);
      if (same) same.open = true;
    }
  }

  function show(fresh, shown) {
    const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    const read = middle?.closest(".comment")?.id;
    const height = read && document.getElementById(read).getBoundingClientRect().top;
    // The form may be below a comment: reply.js takes it out, and puts it back.
    document.dispatchEvent(new Event("discussion:replace"));
    const focused = shown.contains(document.activeElement) && document.activeElement;
    keepOpen(shown, fresh);
    shown.replaceWith(fresh);
    document.dispatchEvent(new Event("discussion:replaced"));
    if (focused) focusTarget(focused, fresh).focus({ preventScroll: true });
    const place = read && document.getElementById(read);
    if (place) scrollBy(0, place.getBoundingClientRect().top - height);
  }

  async function look() {
    const fresh = await read();
    const shown = find(document);
    const sentences = fresh ? news(sentencesById(shown), sentencesById(fresh)) : [];
    // Do not replace a link while it is being pressed.
    if (!sentences.length || shown.querySelector("a:active")) return;
    show(fresh, shown);
    announcement.textContent = sentences.join(" ");
  }

  let pause = 1000;
  let next;
  let looking = false;

  function lookAndWait() {
    if (looking) return;
    looking = true;
    look().catch(() => {}).finally(() => { looking = false; wait(); });
  }

  function wait() {
    clearTimeout(next);
    if (document.hidden || !undecided()) return;
    next = setTimeout(lookAndWait, pause);
    pause = Math.min(2 * pause, MAX_PAUSE);
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(next);
    if (!document.hidden && undecided()) lookAndWait();
  });

  // Not every browser focuses the comment in the URL's fragment.
  const sent = document.getElementById(location.hash.slice(1));
  if (sent && document.activeElement === document.body) sent.focus();
  wait();
})();
