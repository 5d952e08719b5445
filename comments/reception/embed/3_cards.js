// The reader's own comments that others do not see, each with what became of it.
const ICONS = { pending: "◔", held: "‖", rejected: "✕", withdrawn: "↩", published: "✓" };

function allowed({ say }, comment) {
  const name = comment.author_name;
  const settled = /rejected|withdrawn/.test(comment.status);
  return [
    comment.can_change && button("edit", say("edit"), name),
    comment.can_withdraw && button("withdraw", say("withdraw"), name),
    comment.can_appeal && button("appeal", say("appeal"), name),
    settled && button("away", say("away"), name),
  ].filter(Boolean);
}

function ownCard(thread, comment) {
  const { say } = thread;
  const { id, status, message, waiting, appeal, text, author_name: name, created_at: created } = comment;
  const time = element("time", { datetime: created }, created.slice(0, 10));
  showTime(time, thread.language);
  return element("article", { part: "comment", id: `comment-${id}`, tabindex: -1, "data-id": id, "aria-labelledby": `author-${id}` },
    element("div", { part: "main" },
      element("div", { part: "head" }, element("h4", { part: "author", id: `author-${id}` }, name),
        element("span", { part: `mark ${status}` }, element("span", { "aria-hidden": "true" }, `${ICONS[status]} `), say(status)), time),
      element("p", { part: "verdict" }, message, waiting?.ahead > 0 && ` ${say("ahead")} ${waiting.ahead}.`),
      appeal && element("p", { part: "quiet" }, [appeal.message, appeal.answer].filter(Boolean).join(" ")),
      element("div", { part: "text" }, text.split(/\n+/).map((line) => element("p", {}, line))),
      element("p", { part: "actions" }, allowed(thread, comment))));
}
