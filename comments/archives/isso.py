"""Read the SQLite database of Isso."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from comments.archives.plain import unescaped
from comments.archives.records import Broken, Found, Page, Record, RefusedError, Source, count
from comments.models import Status
from moderation.policy.verdict import Reason

_QUERY = """
    SELECT c.id, c.parent, c.created, c.modified, c.mode, c.text, c.author, c.email, c.website,
        c.likes, t.id, t.uri, t.title
    FROM comments c JOIN threads t ON t.id = c.tid ORDER BY c.tid, c.id
"""
_PENDING, _DELETED = 2, 4


def read(path: Path, base: str) -> Iterator[Found]:
    """Read all comments. The database has paths only: `base` is the address of the website.

    Raises RefusedError if it is no such database.
    """
    yield Source(base)
    thread = None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            opened.text_factory = _text
            for row in opened.execute(_QUERY):
                *_, number, uri, title = row
                if number != thread:
                    thread = number
                    yield Page(number=str(number), url=f"{base}{uri}", title=_word(title))
                yield _comment(row)
    except sqlite3.DatabaseError as error:
        raise RefusedError(f"{path} is no database of Isso: {error}") from error


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _comment(row: tuple[object, ...]) -> Found:
    number, parent, created, modified, mode, text, name, email, website, likes, thread = row[:11]
    place = f"comment {number}"
    is_deleted = mode == _DELETED
    status, reason = Status.PUBLISHED, ""
    if is_deleted:
        status, reason = Status.WITHDRAWN, str(Reason.WITHDRAWN)
    elif mode == _PENDING:
        status = Status.HELD
    elif mode != 1:
        return Broken(place, f"has an unknown mode, {mode}")
    return Record(
        number=str(number),
        page=str(thread),
        parent=_word(parent),
        # It stores them as HTML.
        name=unescaped(_word(name)),
        email=unescaped(_word(email)),
        website=unescaped(_word(website)),
        text=_word(text),
        at=created if isinstance(created, float | int) else None,
        edited=modified if isinstance(modified, float | int) else None,
        status=status,
        reason=reason,
        votes=count(likes),
        erased=is_deleted,
        place=place,
    )


def _word(value: object) -> str:
    return "" if value is None else str(value)
