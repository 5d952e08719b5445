/* Show decisions on the author's waiting comments without a reload. */
(() => {
  const MAX_PAUSE = 60_000;
  const announcement = document.getElementById("announcement");
  const { find, read, show, isPressed } = window.discussion;
  const undecided = () => document.querySelector(".comment-pending, .comment-held");
  const sentencesById = (section) =>
    new Map(Array.from(section.querySelectorAll(".comment-status"), ({ id, textContent }) => [id, textContent]));

  /* The sentences that have changed; a comment without one has been published. */
  function news(before, after) {
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (id) => before.get(id) !== after.get(id),
    );
    return changed.map((id) => after.get(id) ?? announcement.dataset.published);
  }

  async function look() {
    const fresh = await read();
    const sentences = fresh ? news(sentencesById(find(document)), sentencesById(fresh)) : [];
    if (!sentences.length || isPressed()) return;
    show(fresh);
    announcement.textContent = sentences.join(" ");
  }

  let pause = 1000;
  let next;
  let looking;

  function lookAndWait() {
    looking ??= look().catch(() => {}).finally(() => { looking = undefined; wait(); });
    return looking;
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

  // Something was published, perhaps the author's own comment: see live.js.
  document.addEventListener("discussion:changed", ({ detail }) => {
    clearTimeout(next);
    if (undecided()) detail.push(lookAndWait());
  });

  // Not every browser focuses the comment in the URL's fragment.
  const sent = document.getElementById(location.hash.slice(1));
  if (sent && document.activeElement === document.body) sent.focus();
  wait();
})();
