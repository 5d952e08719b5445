/* Keep what is typed: the text until it is sent, name and addresses until the tab is closed. */
(() => {
  const KEPT = 30 * 24 * 3600 * 1000;
  const PAUSE = 300;
  const AUTHOR = ["author_name", "author_email", "author_url"];
  const form = document.getElementById("reply-form");
  const { text } = form.elements;
  const note = form.querySelector(".draft");
  const discard = form.querySelector(".draft-discard");
  const key = `draft ${form.dataset.draft}`;

  /* A browser may refuse to store anything. */
  function kept(store, name) {
    try {
      return JSON.parse(window[store].getItem(name)) ?? {};
    } catch {
      return {};
    }
  }

  function keep(store, name, value) {
    try {
      if (value) window[store].setItem(name, JSON.stringify(value));
      else window[store].removeItem(name);
    } catch { /* the page works without */ }
  }

  function save(sent = false) {
    clearTimeout(later);
    const answer = { parent: form.elements.parent?.value ?? "", name: form.dataset.name ?? "" };
    const draft = text.value.trim() && { text: text.value, ...answer, sent, at: Date.now() };
    keep("localStorage", key, draft);
    keep("sessionStorage", "author", AUTHOR.map((name) => form.elements[name].value));
  }

  /* Whether the page shows the comment that was sent with the draft. */
  function hasArrived() {
    const id = new URLSearchParams(location.search).get("comment");
    const comment = id && document.getElementById(`comment-${id}`);
    return Boolean(comment?.matches(".comment-waiting, :has(.own-mark)"));
  }

  function restore() {
    const draft = kept("localStorage", key);
    kept("sessionStorage", "author").forEach?.((value, place) => { form.elements[AUTHOR[place]].value ||= value; });
    if (!draft.text || (draft.sent && hasArrived()) || Date.now() - draft.at > KEPT) {
      keep("localStorage", key, null);
      return;
    }
    if (text.value) return;
    text.value = draft.text;
    if (draft.parent && !form.elements.parent?.value)
      form.dispatchEvent(new CustomEvent("answer", { detail: { id: draft.parent, name: draft.name } }));
    note.textContent = note.dataset.restored;
    discard.hidden = false;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  let later;
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(save, PAUSE);
  });
  addEventListener("pagehide", () => { if (later) save(kept("localStorage", key).sent); });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) {
      save(true);
      return;
    }
    event.preventDefault();
    save();
    note.textContent = note.dataset.offline;
    note.scrollIntoView({ block: "nearest" });
  });
  addEventListener("online", () => { if (note.textContent === note.dataset.offline) note.textContent = ""; });
  discard.addEventListener("click", () => {
    text.value = "";
    note.textContent = "";
    discard.hidden = true;
    save();
    text.focus();
  });

  if (form.dataset.sent) save();
  else restore();
})();
