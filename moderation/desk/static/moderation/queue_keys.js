/* Keys of the queue: one letter acts, unless it is typed into a field; all can be changed or off. */
(() => {
  const queue = window.moderationQueue;
  if (!queue) return;
  const KEPT = "desk.keys";
  const USUAL = { publish: "p", reject: "r", skip: "s", undo: "u", next: "j", previous: "k" };
  Object.assign(USUAL, { author: "o", campaign: "c", note: "n", ask: "a", return: "t", find: "f", cover: "b", help: "?" });
  const { root, stage } = queue;
  const help = document.getElementById("focus-help");
  const go = document.getElementById("focus-go");
  const filters = root.querySelector(".focus-filters");
  const error = document.getElementById("focus-keys-error");
  const switchedOn = document.getElementById("focus-keys-on");
  const boxes = [...help.querySelectorAll("[data-act]")];
  let kept = read();
  // After the key that rejects, a number chooses the reason.
  let choosing = false;

  function read() {
    try {
      return { on: true, keys: {}, ...JSON.parse(localStorage.getItem(KEPT)) };
    } catch {
      return { on: true, keys: {} };
    }
  }

  function keep() {
    try {
      localStorage.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // A private window: they hold until the page is closed.
    }
    label();
  }

  const keyOf = (act) => kept.keys[act] ?? USUAL[act];

  function label() {
    root.classList.toggle("focus-keyless", !kept.on);
    root.dataset.undoKey = keyOf("undo").toUpperCase();
    root.querySelectorAll("[data-key-of]").forEach((place) => {
      place.textContent = keyOf(place.dataset.keyOf);
    });
    boxes.forEach((box) => {
      box.value = keyOf(box.dataset.act);
    });
    switchedOn.checked = kept.on;
  }

  /* The letter of a key; on a Cyrillic layout, the Latin letter at the same place. */
  function letter(event) {
    const typed = event.key.toLowerCase();
    if (typed.length !== 1) return typed;
    const isForeign = typed > "\u007f" && !Object.values(kept.keys).includes(typed);
    return isForeign && /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : typed;
  }

  /* A field keeps the focus for a moment after its dialog was closed; nobody types into it then. */
  const isTyping = (target) =>
    !target.closest?.("dialog:not([open])") &&
    (target.isContentEditable || Boolean(target.closest?.("input:not([type=checkbox]), textarea, select")));

  function isOurs(event) {
    if (!kept.on || event.defaultPrevented || event.isComposing) return false;
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    // Some signs, such as the question mark, need the shift key.
    if (event.shiftKey && (event.key.length > 1 || event.key.toLowerCase() !== event.key.toUpperCase())) return false;
    return !isTyping(event.target) && !document.querySelector("dialog[open]");
  }

  /* Parts of the card may have keys of their own: they are pressed, or focused if they are fields. */
  function hand(mark) {
    const part = stage.querySelector(`[data-key="${mark}"]`);
    if (!part) return;
    if (part.matches("summary")) {
      part.parentElement.open = true;
      part.parentElement.querySelector("textarea").focus();
    } else if (part.matches("input, textarea, select")) part.focus();
    else if (part.matches("a")) queue.whenSent(() => part.isConnected && part.click());
    else part.click();
  }

  const ACTS = {
    publish: () => queue.decide("publish"),
    return: () => queue.decide("return"),
    reject: () => {
      choosing = queue.openReasons(true);
    },
    skip: queue.skip,
    undo: () => queue.undo(),
    next: () => queue.step(1),
    previous: () => queue.step(-1),
    author: () => hand("o"),
    campaign: () => hand("c"),
    note: () => hand("n"),
    ask: () => hand("a"),
    find: () => {
      filters.open = true;
      filters.querySelector("[name=q]").focus();
    },
    cover: () => document.dispatchEvent(new CustomEvent("queue:uncover")),
    help: () => help.showModal(),
  };
  const ARROWS = { ArrowRight: "next", ArrowLeft: "previous" };
  const MOVES = ["next", "previous"];

  function choose(event) {
    const [, digit] = /^(?:Digit|Numpad)([1-9])$/.exec(event.code) ?? [];
    const reason = digit && stage.querySelectorAll(".focus-reasons [name=decision]")[digit - 1];
    // The same number again answers a question.
    choosing = queue.openReasons(Boolean(reason && queue.decide(reason.value)));
    return Boolean(reason) || event.key === "Escape";
  }

  function nameOf(event) {
    const pressed = letter(event);
    return ARROWS[event.key] ?? Object.keys(ACTS).find((act) => keyOf(act) === pressed);
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === "KeyK" && kept.on) {
      event.preventDefault();
      if (!document.querySelector("dialog[open]")) go.showModal();
      return;
    }
    if (!isOurs(event)) return;
    if (choosing && !event.repeat && choose(event)) {
      event.preventDefault();
      return;
    }
    const act = nameOf(event);
    // A key that is held down moves on, but never decides again.
    if (!act || (event.repeat && !MOVES.includes(act))) return;
    event.preventDefault();
    ACTS[act]();
  });

  function change(box) {
    const { act } = box.dataset;
    const key = box.value.trim().toLowerCase();
    const isTaken = Object.keys(USUAL).some((other) => other !== act && keyOf(other) === key);
    error.textContent = isTaken ? error.dataset.taken : "";
    if (key && !isTaken && !/[0-9]/.test(key)) kept.keys[act] = key;
    keep();
  }

  boxes.forEach((box) => {
    box.addEventListener("focus", () => box.select());
    box.addEventListener("input", () => change(box));
    // Enter would press the first button of the dialog and close it.
    box.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  });
  switchedOn.addEventListener("change", () => {
    kept.on = switchedOn.checked;
    keep();
  });
  document.getElementById("focus-keys-reset").addEventListener("click", () => {
    kept = { on: kept.on, keys: {} };
    error.textContent = "";
    keep();
  });
  document.getElementById("focus-help-open").addEventListener("click", () => help.showModal());
  document.getElementById("focus-go-open").addEventListener("click", () => go.showModal());
  go.querySelector("[data-close]").addEventListener("click", () => go.close());
  document.addEventListener("queue:shown", () => {
    choosing = false;
    label();
  });
  label();
})();
