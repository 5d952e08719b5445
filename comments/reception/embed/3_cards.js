// The reader's own comments that others do not see, each with what became of it.
const ICONS = { pending: "◔", held: "‖", rejected: "✕", withdrawn: "↩", published: "✓" };

function allowed({ say }, comment) {
  const { can_change: edit, can_withdraw: withdraw, can_appeal: appeal, status, author_name: name } = comment;
  const may = { edit, withdraw, appeal, away: /rejected|withdrawn/.test(status) };
  return Object.keys(may).filter((what) => may[what]).map((what) => button(what, say(what), name));
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
