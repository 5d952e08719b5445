/* The author's waiting comment turns into its fate by itself; without this, on reload. */
(() => {
  const pauses = [1000, 2000, 4000, 8000, 16000];
  const find = (page) => page.getElementById("comments");

  async function look() {
    const answer = await fetch(location.href, { cache: "no-store" });
    const fresh = answer.ok && find(new DOMParser().parseFromString(await answer.text(), "text/html"));
    const shown = find(document);
    // A link that is just being used stays; the comment itself has the focus since it was sent.
    if (fresh && !fresh.querySelector(".comment-pending") && !shown.querySelector("a:focus")) {
      const focused = shown.querySelector(":focus")?.id;
      shown.replaceWith(fresh);
      // Published, it may stand on another page of the discussion.
      if (focused) (document.getElementById(focused) ?? fresh).focus({ preventScroll: true });
    }
  }

  function wait() {
    if (pauses.length && document.querySelector(".comment-pending")) {
      setTimeout(() => look().catch(() => {}).finally(wait), pauses.shift());
    }
  }

  // Not every browser moves the focus to the comment that the address leads to.
  const sent = document.getElementById(location.hash.slice(1));
  if (sent && document.activeElement === document.body) sent.focus();
  wait();
})();
