/* Care for the person at the queue: covered texts, a count of hard comments, a reminder of a pause. */
(() => {
  const queue = window.moderationQueue;
  if (!queue) return;
  const MINUTE = 60_000;
  const PAUSE_AFTER = 50 * MINUTE;
  // A gap of this length was a pause; after the longer one another shift begins.
  const PAUSE = 8 * MINUTE;
  const BETWEEN_SHIFTS = 4 * 60 * MINUTE;
  const KEPT = "desk.shift";
  const { root, stage } = queue;
  const coverButton = document.getElementById("focus-cover");
  const pauses = document.getElementById("focus-pauses");
  const note = document.getElementById("focus-pause");
  const hard = document.getElementById("focus-hard");
  const shift = { covered: false, pauses: true, hard: 0, since: 0, last: 0, ...read() };

  function read() {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) ?? {};
    } catch {
      return {};
    }
  }

  function keep() {
    try {
      localStorage.setItem(KEPT, JSON.stringify(shift));
    } catch {
      // A private window: it holds until the page is closed.
    }
    show();
  }

  function show() {
    root.classList.toggle("is-covered", shift.covered);
    coverButton.setAttribute("aria-pressed", shift.covered);
    pauses.checked = shift.pauses;
    hard.textContent = shift.hard ? queue.fill(hard.dataset.text, { count: shift.hard }) : "";
  }

  function startAnew(now) {
    if (now - shift.last > BETWEEN_SHIFTS) shift.hard = 0;
    if (now - shift.last > PAUSE) shift.since = now;
    shift.last = now;
  }

  function remind(now) {
    const isDue = shift.pauses && now - shift.since >= PAUSE_AFTER;
    if (isDue && !note.textContent) note.textContent = note.dataset.text;
    if (!isDue) note.textContent = "";
  }

  document.addEventListener("queue:decided", ({ detail }) => {
    const now = Date.now();
    startAnew(now);
    if (detail.isHard && detail.isWaiting) shift.hard += 1;
    remind(now);
    keep();
  });
  document.addEventListener("queue:uncover", () => stage.classList.toggle("is-uncovered"));
  document.addEventListener("queue:shown", () => stage.classList.remove("is-uncovered"));
  coverButton.addEventListener("click", () => {
    shift.covered = !shift.covered;
    keep();
  });
  pauses.addEventListener("change", () => {
    shift.pauses = pauses.checked;
    keep();
    remind(Date.now());
  });
  startAnew(Date.now());
  keep();
})();
