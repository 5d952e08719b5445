/* Decisions: shown as taken at once, sent one after the other, brought back if that fails, undone. */
(() => {
  const queue = window.moderationQueue;
  if (!queue) return;
  const { fill, root, say, words } = queue;
  const alarm = document.getElementById("focus-alert");
  const back = document.getElementById("focus-back");
  const undoForm = document.getElementById("focus-undo");
  // What the server asks about decisions, by comment, until its card is shown again.
  const questions = new Map();
  // Sent one after the other, so that "the last act" is always the last one.
  let sending = Promise.resolve();
  let unsent = 0;
  let failures = 0;

  function fail(sentence) {
    failures += 1;
    say(sentence, true);
  }

  function inTurn(act) {
    unsent += 1;
    const done = () => (unsent -= 1);
    sending = sending.then(act).catch(() => fail(words.failed)).finally(done);
  }

  /* Leave the page when everything is sent; stay if something failed, because it is told here. */
  async function whenSent(leave) {
    const before = failures;
    if (unsent) say(words.sending);
    while (unsent) await sending;
    if (failures === before) leave();
  }

  function offerUndo(last) {
    undoForm.hidden = !last;
    undoForm.elements.act.value = last ? last.act : "";
    document.getElementById("focus-last").textContent = last?.sentence ?? "";
  }

  /* Decide, or ask first: returns whether it asks. */
  function decide(name) {
    const shown = queue.card();
    const button = shown?.querySelector(`.focus-acts [name=decision][value="${name}"]`);
    if (!queue.mayReview || !button) return false;
    const sure = queue.sure(button);
    if (sure === undefined) return true;
    const fields = Object.fromEntries(new FormData(button.form));
    delete fields.csrfmiddlewaretoken;
    const pk = shown.dataset.comment;
    const isWaiting = shown.dataset.status === "held";
    alarm.textContent = "";
    document.dispatchEvent(new CustomEvent("queue:decided", { detail: { isHard: shown.dataset.hard, isWaiting } }));
    queue.settle(pk, button.dataset.done);
    queue.showNext(pk);
    inTurn(() => send(pk, { ...fields, decision: name, sure }));
    return false;
  }

  async function send(pk, fields) {
    const answer = await queue.post(words.decide, fields).catch((failure) => ({ sentence: failure.message }));
    if (answer.left !== undefined) queue.setLeft(answer.left);
    if (answer.done) {
      if (fields.decision === "return") queue.reopen(pk);
      offerUndo({ act: answer.act, sentence: "" });
      const byKey = matchMedia("(hover: none)").matches ? "" : fill(words.undoes, { key: root.dataset.undoKey ?? "U" });
      say(`${answer.sentence} ${byKey}`);
    } else if (answer.decided) {
      queue.settle(pk, answer.decided);
      fail(answer.sentence);
    } else {
      if (answer.asks) questions.set(pk, { name: fields.decision, sentence: answer.sentence });
      bringBack(pk);
      fail(answer.asks ? words.otherwise : answer.sentence);
    }
    document.dispatchEvent(new CustomEvent("queue:answered"));
  }

  /* It waits again, and a link leads to it. The card stays: the next key is meant for what it shows. */
  function bringBack(pk) {
    const link = document.createElement("a");
    link.href = queue.withFilter(words.page, `comment=${pk}`);
    link.dataset.comment = pk;
    link.textContent = `#${pk}`;
    queue.linkBack(pk)?.remove();
    back.append(" ", link);
    queue.reopen(pk);
  }

  function undo(sure = "") {
    const shown = queue.card()?.dataset.comment;
    inTurn(async () => {
      const act = undoForm.elements.act.value;
      if (!act) return say(words.nothing);
      try {
        const answer = await queue.post(undoForm.getAttribute("action").split("?")[0], { act, sure });
        return answer.ask ? confirmUndo(answer.ask) : await undone(answer, shown === queue.card()?.dataset.comment);
      } catch (failure) {
        return fail(failure.message);
      }
    });
  }

  /* Show what waits again, unless another comment is being read by now. */
  async function undone(answer, isExpected) {
    if (answer.left !== undefined) queue.setLeft(answer.left);
    if ("last" in answer) offerUndo(answer.last);
    const waiting = (answer.done ?? []).map(String);
    const [first] = waiting;
    waiting.forEach(queue.reopen);
    if (first && !queue.rowOf(first)) await queue.addRows(`ids=${first}`, "afterbegin");
    if (first && isExpected) await queue.show(first);
    else if (first) bringBack(first);
    if (first) say(answer.sentence);
    else fail(answer.sentence);
  }

  function confirmUndo(sentence) {
    const dialog = document.getElementById("focus-ask");
    document.getElementById("focus-asked").textContent = sentence;
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => dialog.returnValue === "yes" && undo("1"), { once: true });
    dialog.showModal();
  }

  undoForm.addEventListener("submit", (event) => {
    event.preventDefault();
    undo();
  });
  back.addEventListener("click", (event) => {
    const { comment } = event.target.dataset;
    if (!comment || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    queue.show(comment);
  });
  document.addEventListener("queue:shown", () => {
    const pk = queue.card()?.dataset.comment;
    if (!pk || !(queue.linkBack(pk) || questions.has(pk))) return;
    queue.linkBack(pk)?.remove();
    const row = queue.rowOf(pk);
    if (row && queue.isOpen(row)) queue.annotate(row);
    const question = questions.get(pk);
    questions.delete(pk);
    if (question) queue.askAbout(question.name, question.sentence);
  });
  // What is shown as taken but is not sent would be lost.
  window.addEventListener("beforeunload", (event) => {
    if (!unsent) return;
    event.preventDefault();
    // Older browsers ask only so.
    event.returnValue = true;
  });
  Object.assign(queue, { decide, undo, whenSent });
})();
