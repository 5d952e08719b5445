/* Under attack the page works for about a second before it sends a comment; see comments/reception/challenges.py. */
(() => {
  const TOGETHER = 256;
  const form = document.querySelector("form[data-bits]");
  // Without the Web Cryptography interface the comment is sent as without JavaScript.
  if (!form || form.elements.proof.value || !window.crypto?.subtle) return;

  const bits = Number(form.dataset.bits);
  const challenge = form.elements.challenge.value;
  const text = new TextEncoder();
  const said = document.getElementById("working");

  const begins = (digest) => new DataView(digest).getUint32(0) >>> (32 - bits) === 0;
  const digest = (number) => crypto.subtle.digest("SHA-256", text.encode(`${challenge}:${number}`));

  async function work() {
    for (let first = 0; ; first += TOGETHER) {
      const numbers = Array.from({ length: TOGETHER }, (_, place) => first + place);
      const digests = await Promise.all(numbers.map(digest));
      const found = digests.findIndex(begins);
      if (found >= 0) return first + found;
    }
  }

  let done = false;
  let waiting = false;
  // Should the work fail, the comment is sent as without JavaScript.
  const proved = work()
    .then((number) => { form.elements.proof.value = number; })
    .finally(() => { done = true; });

  form.addEventListener("submit", (event) => {
    if (done) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    said.textContent = said.dataset.working;
    proved.finally(() => form.requestSubmit());
  });
})();
