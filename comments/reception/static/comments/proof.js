/* During an attack, solve the form's challenge before sending; see comments/reception/challenges.py. */
(() => {
  const BATCH = 256;
  const form = document.querySelector("form[data-bits]");
  // Without the Web Crypto API, the form is sent without a proof.
  if (!form || form.elements.proof.value || !window.crypto?.subtle) return;

  const bits = Number(form.dataset.bits);
  const challenge = form.elements.challenge.value;
  const encoder = new TextEncoder();
  const status = document.getElementById("working");

  const isProof = (digest) => new DataView(digest).getUint32(0) >>> (32 - bits) === 0;
  const digest = (number) => crypto.subtle.digest("SHA-256", encoder.encode(`${challenge}:${number}`));

  async function solve() {
    for (let first = 0; ; first += BATCH) {
      const numbers = Array.from({ length: BATCH }, (_, place) => first + place);
      const digests = await Promise.all(numbers.map(digest));
      const found = digests.findIndex(isProof);
      if (found >= 0) return first + found;
    }
  }

  let done = false;
  let waiting = false;
  // If this fails, the form is sent without a proof.
  const solved = solve()
    .then((number) => { form.elements.proof.value = number; })
    .finally(() => { done = true; });

  form.addEventListener("submit", (event) => {
    if (done) return;
    event.preventDefault();
    if (waiting) return;
    waiting = true;
    status.textContent = status.dataset.working;
    solved.finally(() => form.requestSubmit());
  });
})();
