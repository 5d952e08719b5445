"""The discussion for search engines: schema.org's Comment as JSON-LD, a block that no browser runs.

It has what readers see of the page, and nothing of the reader's own waiting comments.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from comments.models import Article
from comments.threads import Row, language_tag

# Inside <script>, "<" could end it; JSON reads the escapes as the characters.
_ESCAPES = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


def json_ld(article: Article, threads: Iterable[Row], origin: str) -> SafeString:
    """Return the block for these comments with their replies, "" if there are none.

    `origin` is where the service's pages begin, such as https://comments.example.org.
    """
    page = f"{origin}{article.get_absolute_url()}"
    comments = [_comment(row, page) for row in threads if row["text"]]
    if not comments:
        return SafeString("")
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": article.title,
        "url": article.url or page,
        "discussionUrl": f"{page}#comments",
        "commentCount": article.published_count,
        "comment": comments,
    }
    return SafeString(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))


def _comment(row: Row, page: str) -> dict[str, Any]:
    author = {"@type": "Person", "name": row["author_name"], "url": row["author_url"]}
    made = {
        "@type": "Comment",
        "@id": _address(row["id"], page),
        "url": _address(row["id"], page),
        "author": _filled(author),
        "dateCreated": row["created_at"].isoformat(timespec="seconds"),
        "inLanguage": language_tag(row["language"]),
        "text": row["text"],
        "comment": [_comment(reply, page) for reply in row.get("replies", ()) if reply["text"]],
    }
    if answered := row["reply_to_id"] or row["parent_id"]:
        made["parentItem"] = {"@type": "Comment", "@id": _address(answered, page)}
    return _filled(made)


def _address(comment: int, page: str) -> str:
    return f"{page}?comment={comment}#comment-{comment}"


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
