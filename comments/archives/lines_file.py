"""Write our own JSON Lines, which own_lines.py reads."""

import json
from typing import Any, TextIO

from comments.archives.exporting import Row
from comments.archives.own_lines import KIND
from comments.archives.sources import author_name, own_source
from comments.models import Article, Site


class LinesFile:
    """Writes a head, then each article before its comments."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def begin(self, site: Site) -> None:
        self._write({"archive": KIND, "version": 1, "source": own_source(site)})

    def article(self, article: Article) -> None:
        self._write(
            {
                "type": "article",
                **{name: getattr(article, name) for name in _OF_ARTICLE},
                "published": article.published_at.isoformat(),
                "closes": article.closes_at.isoformat() if article.closes_at else None,
            }
        )

    def comment(self, article: Article, row: Row) -> None:
        reason = {"reason": row["reason"]} if row["reason"] else {}
        email = {"email": row["email"]} if row["email"] else {}
        edited = {"edited": row["edited_at"].isoformat()} if row["edited_at"] else {}
        newsroom = {"staff": True} if row["staff_answer"] else {}
        newsroom |= {"picked": True} if row["pick"] else {}
        self._write(
            {
                "number": row["id"],
                "article": article.key,
                "reply_to": row["reply_to_id"] or row["parent_id"],
                "name": row["author_name"],
                **email,
                "website": row["author_url"],
                "author": author_name(row["author_key"]),
                "text": row["text"],
                "submitted": row["created_at"].isoformat(),
                **edited,
                "status": row["status"],
                **reason,
                "votes": row["vote_count__votes"] or 0,
                **newsroom,
                "erased": not row["text"],
            }
        )

    def end_article(self) -> None:
        pass

    def end(self) -> None:
        pass

    def _write(self, row: dict[str, Any]) -> None:
        self._file.write(json.dumps(row, ensure_ascii=False) + "\n")


_OF_ARTICLE = ("key", "url", "title", "section", "language")
