/* A button that closes each message, since they lie over the page. */
for (const box of document.querySelectorAll("[data-close]"))
  for (const message of box.querySelectorAll(".messagelist li")) {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "desk-close";
    close.textContent = "×";
    close.setAttribute("aria-label", box.dataset.close);
    close.addEventListener("click", () => message.remove());
    message.append(close);
  }
