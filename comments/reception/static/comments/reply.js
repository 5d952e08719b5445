/* Move the form below the comment that is answered, and back to its place. */
(() => {
  const form = document.getElementById("reply-form");
  const section = form.closest("section");
  const title = section.querySelector(".respond-to");
  const heading = title.parentElement;
  const cancel = section.querySelector(".cancel");
  const home = document.createComment("");
  section.before(home);
  let parent = form.elements.parent;
  if (!parent) {
    parent = Object.assign(document.createElement("input"), { type: "hidden", name: "parent" });
    form.append(parent);
  }

  const answered = () => parent.value && document.getElementById(`comment-${parent.value}`);

  /* Put the form where it belongs; it stays at the end of the page if the comment is not on it. */
  function place() {
    const comment = answered();
    section.classList.toggle("in-place", Boolean(comment));
    if (!comment) {
      heading.removeAttribute("aria-level");
      home.after(section);
      return;
    }
    for (let fold = comment.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    heading.setAttribute("aria-level", 1 + Number(comment.querySelector(".comment-author").tagName[1]));
    comment.after(section);
  }

  function answer(id, name) {
    parent.value = id;
    form.dataset.name = name;
    title.textContent = id ? section.dataset.replyTitle.replace("{}", () => name) : section.dataset.title;
    cancel.hidden = !id;
    place();
    form.dispatchEvent(new Event("input"));
  }

  function write() {
    form.elements.text.focus({ preventScroll: true });
    section.scrollIntoView({ block: "nearest" });
  }

  function follow(link) {
    if (link.dataset.reply) answer(link.dataset.reply, link.dataset.name);
    else answer("", "");
    write();
  }

  function giveUp() {
    const comment = answered();
    answer("", "");
    const link = comment?.querySelector("a[data-reply]");
    if (link) link.focus();
    else write();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plain || event.defaultPrevented) return;
    const gone = cancel.contains(link);
    if (!gone && !link.dataset.reply && link.getAttribute("href") !== "#respond") return;
    event.preventDefault();
    if (gone) giveUp();
    else follow(link);
  });
  form.addEventListener("answer", ({ detail }) => answer(detail.id, detail.name));

  // The list is replaced while the form is in it: see refresh.js.
  let used;
  document.addEventListener("discussion:replace", () => {
    const active = section.contains(document.activeElement) && document.activeElement;
    used = active && { active, start: active.selectionStart, end: active.selectionEnd };
    home.after(section);
  });
  document.addEventListener("discussion:replaced", () => {
    place();
    if (!used) return;
    used.active.focus({ preventScroll: true });
    if (used.start !== undefined && used.start !== null) used.active.setSelectionRange(used.start, used.end);
  });

  if (answered()) {
    form.dataset.name = answered().querySelector("a[data-reply]")?.dataset.name ?? "";
    place();
    const asked = location.hash === "#respond" && document.getElementById("respond");
    if (asked) {
      asked.focus();
      asked.scrollIntoView();
    }
  }
})();
