/* When typing pauses, say which words may insult somebody. It is only said: nothing is kept back. */
(() => {
  const PAUSE = 1500;
  const SHORTEST = 8;
  // The first hint after a start waits for the model.
  const REQUEST_TIMEOUT = 20_000;
  const { text } = document.getElementById("reply-form").elements;
  const note = document.querySelector(".hint");
  const { lang } = document.documentElement;
  let later;
  let asked = "";

  function say({ message, words }) {
    note.replaceChildren();
    if (!message) return;
    note.append(`${message} ${note.dataset.after}`);
    for (const word of new Set(words.map((each) => each.text)))
      note.append(" ", Object.assign(document.createElement("mark"), { textContent: word }));
  }

  async function ask() {
    const typed = text.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (typed.length < SHORTEST) {
      say({});
      return;
    }
    const answer = await fetch(note.dataset.ask, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": lang },
      body: JSON.stringify({ text: typed }),
      signal: AbortSignal.timeout?.(REQUEST_TIMEOUT),
    });
    const hint = answer.ok ? await answer.json() : {};
    // What was typed meanwhile is asked about next.
    if (asked === typed) say(hint);
  }

  function forget() {
    asked = "";
    say({});
  }

  text.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(() => ask().catch(forget), PAUSE);
  });
})();
