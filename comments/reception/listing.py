"""A comment of a list, as the REST API gives it."""

from typing import Any

from comments.markup import comment_html
from comments.threads import Row, language_tag

# What rows have for this service alone.
_OWN = {"addressee", "reply_to_id", "usefulness"}


def as_json(row: Row) -> dict[str, Any]:
    """Return what ThreadSerializer describes, or for a reply what ReplySerializer does."""
    addressee, answered = row["addressee"], row["reply_to_id"]
    rest = {name: value for name, value in row.items() if name not in _OWN}
    made = {
        **rest,
        "reply_to": {"id": answered, "author_name": addressee} if answered else None,
        "html": comment_html(row["text"]),
        "language": language_tag(row["language"]),
    }
    if "replies" in row:
        made["replies"] = [as_json(reply) for reply in row["replies"]]
    return made
