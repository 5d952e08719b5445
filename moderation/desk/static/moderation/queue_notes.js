/* A note for colleagues, written without leaving the queue. */
(() => {
  const queue = window.moderationQueue;
  if (!queue) return;

  async function save(form) {
    const comment = queue.card().dataset.comment;
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await queue.ask(form.action, { method: "POST", body, redirect: "follow" });
      // A refused form is shown again; a saved note leads back to the queue.
      if (!answer.redirected || !answer.url.includes(`comment=${comment}`)) throw new Error(queue.words.failed);
      queue.fragments.delete(comment);
      if (queue.card()?.dataset.comment === comment) await queue.show(comment);
      queue.say(queue.words.noted);
    } catch (failure) {
      queue.say(failure.message, true);
    }
  }

  queue.stage.addEventListener("submit", (event) => {
    if (!event.target.matches(".focus-note-form")) return;
    event.preventDefault();
    save(event.target);
  });
})();
