/* Asks once before a decision against an earlier one on almost the same text; the same again confirms. */
(() => {
  const queue = window.moderationQueue;
  if (!queue) return;
  const { stage } = queue;
  let asked = "";

  const buttons = () => [...stage.querySelectorAll(".focus-acts [name=decision]")];

  function show(name, sentence) {
    const place = stage.querySelector(".focus-asked");
    asked = name;
    place.hidden = !sentence;
    place.textContent = sentence;
    buttons().forEach((button) => button.classList.toggle("is-asked", button.value === name));
  }

  /* What confirms the decision of this button; undefined if the moderator is asked first. */
  queue.sure = (button) => {
    if (!button.dataset.asks || asked === button.value) return asked;
    show(button.value, button.dataset.asks);
    return undefined;
  };

  /* The server asks: somebody has decided since the comment was fetched. */
  queue.askAbout = (name, sentence) => {
    const button = buttons().find((each) => each.value === name);
    if (!button) return;
    button.dataset.asks = sentence;
    show(name, sentence);
  };

  document.addEventListener("queue:shown", () => {
    asked = "";
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && asked && !document.querySelector("dialog[open]")) show("", "");
  });
})();
