/* Replace the discussion with a newer one, without moving what is read: for waiting.js and live.js. */
window.discussion = (() => {
  const REQUEST_TIMEOUT = 20_000;
  const find = (page) => page.getElementById("comments");

  async function read() {
    const signal = AbortSignal.timeout?.(REQUEST_TIMEOUT);
    const answer = await fetch(location.href, { cache: "no-store", signal });
    if (!answer.ok) throw new Error(answer.status);
    return find(new DOMParser().parseFromString(await answer.text(), "text/html"));
  }

  /* The element for the focus in the new section: the same comment, link or button, or the section. */
  function focusTarget(focused, fresh) {
    const name = ["id", "href", "formaction"].find((each) => focused.hasAttribute(each));
    const same = name && fresh.querySelector(`[${name}="${CSS.escape(focused.getAttribute(name))}"]`);
    const comment = focused.closest(".comment")?.id;
    return same || (comment && fresh.querySelector(`#${comment}`)) || fresh;
  }

  /* Folds that the reader has opened stay open. */
  function keepOpen(shown, fresh) {
    for (const { dataset } of shown.querySelectorAll("details[open]")) {
      const same = fresh.querySelector(`details[data-thread="${dataset.thread}"]`);
      if (same) same.open = true;
    }
  }

  /* Show what was read; the focus, the folds and the place on the screen stay. */
  function show(fresh) {
    const shown = find(document);
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

  /* Whether a link in it is being pressed: then it is replaced later. */
  const isPressed = () => find(document).querySelector("a:active") !== null;

  return { find, read, show, isPressed };
})();
