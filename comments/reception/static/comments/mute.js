/* Mute an author in this browser: by the name that everyone sees, and nothing is sent. */
(() => {
  const words = document.getElementById("muting");
  const key = `muted ${words.dataset.site}`;
  const MOST = 200;
  const plain = (name) => name.normalize("NFKC").trim().toLowerCase();

  /* A browser may refuse to store anything; then it lasts until the page is left. */
  let names = [];
  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
      if (Array.isArray(kept)) names = kept.filter((name) => typeof name === "string");
    } catch { /* as it was */ }
  }

  function change(changed) {
    names = changed.slice(-MOST);
    try {
      if (names.length) localStorage.setItem(key, JSON.stringify(names));
      else localStorage.removeItem(key);
    } catch { /* see above */ }
    apply();
  }

  const mute = (name) => change([...names.filter((each) => plain(each) !== plain(name)), name]);
  const unmute = (name) => change(names.filter((each) => plain(each) !== plain(name)));
  const part = (name) => words.content.querySelector(name).cloneNode(true);

  function menuOf(comment) {
    const menu = part(".menu");
    const name = comment.dataset.author;
    menu.querySelector(".menu-name").textContent = name;
    menu.querySelector("button").addEventListener("click", () => {
      mute(name);
      comment.querySelector(".muted button").focus();
    });
    return menu;
  }

  function noteOf(comment) {
    const note = part(".muted");
    const button = note.querySelector("button");
    button.id = `unmute-${comment.id}`;
    button.addEventListener("click", () => {
      unmute(comment.dataset.author);
      comment.focus();
    });
    return note;
  }

  /* Show or hide one comment; its replies stay. */
  function show(comment, isMuted) {
    const head = comment.querySelector(".comment-head");
    comment.classList.toggle("comment-muted", isMuted);
    head.querySelector(".menu")?.remove();
    comment.querySelector(".muted")?.remove();
    if (isMuted) head.after(noteOf(comment));
    else head.append(menuOf(comment));
  }

  /* The names below the list, each with its button. */
  function list() {
    const section = document.getElementById("comments");
    const shown = section.querySelector(".muted-list");
    if (!names.length) {
      shown?.remove();
      return;
    }
    const fresh = part(".muted-list");
    fresh.open = shown?.open ?? false;
    fresh.querySelector(".muted-count").textContent = names.length;
    fresh.querySelector("ul").append(...names.map((name) => {
      const entry = part(".muted-name");
      entry.querySelector("b").textContent = name;
      entry.querySelector("button").addEventListener("click", () => {
        unmute(name);
        (section.querySelector(".muted-list summary") ?? section).focus();
      });
      return entry;
    }));
    if (shown) shown.replaceWith(fresh);
    else section.append(fresh);
  }

  function apply() {
    const muted = new Set(names.map(plain));
    for (const comment of document.querySelectorAll(".comment[data-author]"))
      show(comment, muted.has(plain(comment.dataset.author)));
    list();
  }

  const close = (except) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", ({ target }) => close(target.closest(".menu")));
  document.addEventListener("focusin", ({ target }) => close(target.closest(".menu")));
  document.addEventListener("keydown", ({ key: pressed, target }) => {
    const menu = pressed === "Escape" && target.closest(".menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  addEventListener("storage", (event) => {
    if (event.key !== key) return;
    names = [];
    read();
    apply();
  });
  document.addEventListener("discussion:replaced", apply);
  read();
  apply();
})();
