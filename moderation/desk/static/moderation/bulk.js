/* A long bulk decision: asks for the next batches until all are decided, and shows how far it is. */
(() => {
  const root = document.getElementById("bulk");
  const form = document.getElementById("bulk-on");
  if (!root || !form) return;
  const bar = document.getElementById("bulk-bar");
  const said = document.getElementById("bulk-said");
  const PAUSE = 3_000;
  const MAX_FAILURES = 5;
  let isStopped = false;

  async function step() {
    const body = new URLSearchParams(new FormData(form));
    body.set("step", "on");
    const answer = await fetch(location.href, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async function carryOn() {
    for (let failures = 0; !isStopped && failures < MAX_FAILURES; ) {
      try {
        const facts = await step();
        failures = 0;
        bar.max = facts.total;
        bar.value = facts.passed;
        said.textContent = facts.sentence;
        if (facts.state !== "running") return location.reload();
      } catch {
        failures += 1;
        said.textContent = root.dataset.failed;
        await new Promise((done) => setTimeout(done, PAUSE));
      }
    }
    return undefined;
  }

  form.addEventListener("submit", () => {
    isStopped = true;
  });
  form.querySelector("[value=on]").hidden = true;
  carryOn();
})();
