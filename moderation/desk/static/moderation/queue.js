/* The queue with one comment in focus: its list, its card, and what both ask the server. */
(() => {
  const root = document.getElementById("focus");
  if (!root) return;
  const REQUEST_TIMEOUT = 20_000;
  const AHEAD = 3;
  const stage = document.getElementById("focus-stage");
  const list = document.getElementById("focus-list");
  const said = document.getElementById("focus-said");
  const alarm = document.getElementById("focus-alert");
  const words = root.dataset;
  const mayReview = Boolean(words.review);
  const token = root.querySelector("[name=csrfmiddlewaretoken]").value;
  const fragments = new Map();
  let wanted = null;

  const rows = () => [...list.children];
  const rowOf = (pk) => document.getElementById(`row-${pk}`);
  const card = () => stage.querySelector(".focus-card");
  // Leads to a comment that waits again after its decision failed.
  const linkBack = (pk) => document.querySelector(`#focus-back [data-comment="${pk}"]`);
  const isOpen = (row) => !row.classList.contains("is-done");
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_all, name) => facts[name]);
  const withFilter = (address, more = "") => {
    const query = [words.query, more].filter(Boolean).join("&");
    return query ? `${address}?${query}` : address;
  };

  function say(sentence, isFailure = false) {
    (isFailure ? alarm : said).textContent = sentence;
    if (!isFailure) alarm.textContent = "";
  }

  function setLeft(left) {
    document.getElementById("focus-left").textContent = left;
  }

  /* The tabs' numbers, until the next news brings the true ones. */
  function count(row, change) {
    const names = row.dataset.reason ? ["", row.dataset.reason] : [""];
    names.forEach((name) => {
      const number = root.querySelector(`[data-count-of="${CSS.escape(name)}"]`);
      if (number) number.textContent = Math.max(0, Number(number.textContent) + change);
    });
  }

  async function ask(address, options) {
    const signal = AbortSignal.timeout?.(REQUEST_TIMEOUT);
    let answer;
    try {
      answer = await fetch(address, { cache: "no-store", redirect: "manual", signal, ...options });
    } catch {
      throw new Error(words.failed);
    }
    if (answer.type === "opaqueredirect") throw new Error(words.signedOut);
    return answer;
  }

  async function post(address, fields) {
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    const body = new URLSearchParams(fields);
    // Arrives even if the page is left meanwhile.
    const answer = await ask(withFilter(address), { method: "POST", headers, body, keepalive: true });
    const isJson = answer.headers.get("content-type")?.startsWith("application/json");
    if (!isJson) throw new Error(words.failed);
    return answer.json();
  }

  /* The comment as it will be shown; fetched once, and again after it has changed. */
  function load(pk) {
    if (!fragments.has(pk)) {
      const address = withFilter(words.fragment.replace("/0/", `/${pk}/`));
      const found = ask(address).then(async (answer) => {
        if (!answer.ok) throw new Error(words.notShown);
        const piece = document.createElement("template");
        piece.innerHTML = await answer.text();
        return piece;
      });
      found.catch(() => fragments.delete(pk));
      fragments.set(pk, found);
    }
    return fragments.get(pk);
  }

  function neighbour(pk, step) {
    const all = rows();
    return all[all.indexOf(rowOf(pk)) + step];
  }

  /* The next comment that waits and that nobody else has open, after this one or from the top. */
  function following(pk) {
    const all = rows();
    const place = all.indexOf(rowOf(pk));
    const order = [...all.slice(place + 1), ...all.slice(0, Math.max(place, 0))];
    return order.filter(isOpen).find((row) => !row.dataset.holder)?.dataset.comment;
  }

  function prefetch(pk) {
    const all = rows();
    const place = all.indexOf(rowOf(pk));
    const next = all.slice(place + 1).filter(isOpen).filter((row) => !row.dataset.holder);
    const ahead = new Set([...next.slice(0, AHEAD).map((row) => row.dataset.comment), following(pk)]);
    ahead.forEach((each) => each && load(each).catch(() => {}));
  }

  function point(pk) {
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const row = rowOf(pk);
    row?.firstElementChild.setAttribute("aria-current", "true");
    // Within the list only: the page itself must stay where it is.
    if (row && list.scrollHeight > list.clientHeight) list.scrollTop = (row.previousElementSibling ?? row).offsetTop;
  }

  function place(content) {
    stage.replaceChildren(content);
    if (stage.getBoundingClientRect().top < 0) stage.scrollIntoView();
    stage.firstElementChild.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("queue:shown"));
  }

  async function show(pk, isNext = false) {
    wanted = pk;
    point(pk);
    try {
      const piece = await load(pk);
      if (wanted !== pk) return;
      place(piece.content.cloneNode(true));
    } catch (failure) {
      say(failure.message, true);
      return;
    }
    history.replaceState(null, "", withFilter(words.page, `comment=${pk}`));
    document.dispatchEvent(new CustomEvent("queue:looked", { detail: { comment: pk, isNext } }));
    prefetch(pk);
  }

  function showNext(pk) {
    const next = following(pk);
    if (next) return show(next, true);
    wanted = null;
    const empty = document.createElement("div");
    empty.className = "focus-empty";
    empty.tabIndex = -1;
    empty.textContent = words.empty;
    place(empty);
    history.replaceState(null, "", withFilter(words.page));
    document.dispatchEvent(new CustomEvent("queue:looked", { detail: { comment: "" } }));
    return undefined;
  }

  /* Say in an open row who reads the comment, or else that it waits again. */
  function annotate(row, name = row.dataset.holder) {
    const back = linkBack(row.dataset.comment) ? words.undecided : "";
    row.querySelector(".focus-row-note").textContent = name ? fill(words.reading, { name }) : back;
  }

  function settle(pk, note) {
    const row = rowOf(pk);
    fragments.delete(pk);
    linkBack(pk)?.remove();
    if (!row) return;
    if (isOpen(row)) count(row, -1);
    row.classList.add("is-done");
    row.querySelector(".focus-row-note").textContent = note;
  }

  function reopen(pk) {
    const row = rowOf(pk);
    fragments.delete(pk);
    if (!row) return;
    if (!isOpen(row)) count(row, 1);
    row.classList.remove("is-done");
    delete row.dataset.holder;
    annotate(row);
  }

  function skip() {
    const shown = card();
    if (!shown) return;
    say(shown.dataset.status === "held" ? words.skipped : "");
    showNext(shown.dataset.comment);
  }

  function step(by) {
    const shown = card()?.dataset.comment ?? wanted;
    const row = shown ? neighbour(shown, by) : rows().find(isOpen);
    if (row) show(row.dataset.comment);
  }

  function openReasons(isOpening) {
    const reasons = stage.querySelector(".focus-reasons");
    if (!reasons) return false;
    reasons.classList.toggle("is-open", isOpening);
    stage.querySelector(".focus-reject").setAttribute("aria-expanded", isOpening);
    return isOpening;
  }

  stage.addEventListener("click", (event) => {
    const pressed = event.target.closest("button, a");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (pressed.name === "decision") queue.decide(pressed.value);
    else if (pressed.matches(".focus-skip")) skip();
    else if (pressed.matches(".focus-reject")) openReasons(pressed.getAttribute("aria-expanded") !== "true");
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const row = event.target.closest(".focus-row");
    if (!row || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(row.dataset.comment);
  });

  const queue = { annotate, ask, card, fill, fragments, isOpen, linkBack, list, openReasons, post, prefetch, reopen, root, rowOf, rows };
  Object.assign(queue, { say, setLeft, settle, show, showNext, skip, stage, step, withFilter, words, mayReview });
  window.moderationQueue = queue;
  document.documentElement.classList.add("focus-live");
  if (card()) prefetch(card().dataset.comment);
})();
