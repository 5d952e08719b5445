/* Say how many characters are left when there are few, and by how many there are too many. */
(() => {
  const PAUSE = 500;
  const { text } = document.getElementById("reply-form").elements;
  const note = document.querySelector(".length");
  const limit = Number(note.dataset.limit);
  let later;

  function say() {
    const left = limit - [...text.value].length;
    const words = left < 0 ? note.dataset.over : left < limit / 10 && note.dataset.left;
    note.textContent = words ? `${words} ${Math.abs(left)}` : "";
    note.classList.toggle("error", left < 0);
  }

  text.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(say, PAUSE);
  });
  say();
})();
