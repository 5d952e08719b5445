"""Read our own JSON Lines, which docs/moving.md describes, so that others can write them."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from comments.archives.json_lines import lines, word
from comments.archives.records import Broken, Found, Page, Record, Source, count, moment
from comments.models import Status

KIND = "comments-archive"


def read(file: BinaryIO) -> Iterator[Found]:
    """A head is optional. Articles come before their comments, or comments have their address."""
    page = ""
    for each in lines(file):
        if isinstance(each, Broken):
            yield each
            continue
        place, row = each
        if row.get("archive") == KIND:
            yield Source(word(row, "source"))
        elif row.get("type") == "article":
            yield _page(row)
        elif not word(row, "number") or not (word(row, "article") or word(row, "url")):
            yield Broken(place, "a comment needs a number, and an article or a url")
        elif word(row, "status") not in ("", *Status):
            yield Broken(place, f"unknown status {word(row, 'status')[:40]!r}")
        else:
            key = word(row, "article")
            if page != (page := key or word(row, "url")):
                # Of an article that was described before, this changes nothing.
                yield Page(number=page, url=word(row, "url"), title=word(row, "title"), key=key)
            yield _comment(place, row)


def _page(row: dict[str, Any]) -> Page:
    return Page(
        number=word(row, "key") or word(row, "url"),
        **{name: word(row, name) for name in ("url", "title", "key", "section", "language")},
        published=moment(row.get("published")),
        closed=moment(row.get("closes")),
    )


def _comment(place: str, row: dict[str, Any]) -> Record:
    # What waits to be checked elsewhere waits for a moderator here.
    status = word(row, "status").replace(Status.PENDING, Status.HELD)
    return Record(
        number=word(row, "number"),
        page=word(row, "article") or word(row, "url"),
        parent=word(row, "reply_to"),
        **{name: word(row, name) for name in ("name", "email", "website", "author", "text")},
        at=moment(row.get("submitted")),
        edited=moment(row.get("edited")),
        status=status or Status.PUBLISHED,
        reason=word(row, "reason"),
        votes=count(row.get("votes")),
        staff=row.get("staff") is True,
        picked=row.get("picked") is True,
        erased=row.get("erased") is True,
        place=place,
    )
