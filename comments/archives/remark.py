"""Read a backup of Remark42: JSON Lines, the first with its users and articles."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from comments.archives.json_lines import lines, word
from comments.archives.plain import text_of_html, unescaped
from comments.archives.records import (
    Broken,
    Found,
    Page,
    Record,
    RefusedError,
    Source,
    moment,
)
from comments.models import Status
from moderation.policy.verdict import Reason

# It has the users of all comments: of 45,000 it is 11 MB long.
MAX_HEAD = 1 << 28


def read(file: BinaryIO) -> Iterator[Found]:
    emails: dict[str, str] = {}
    closed: set[str] = set()
    page, is_first = "", True
    for each in lines(file, longest_first=MAX_HEAD):
        if isinstance(each, Broken):
            if is_first:
                raise RefusedError(f"the first line, which has all users, is {each.why}")
            yield each
            continue
        place, row = each
        if is_first:
            is_first = False
            emails, closed = _head(row)
            continue
        locator = _dict(row, "locator")
        url, number = word(locator, "url"), word(row, "id")
        if not url or not number:
            yield Broken(place, "a comment without a number or an address")
            continue
        if url != page:
            if not page:
                yield Source(word(locator, "site"))
            page = url
            # Its time is not known; the comments' own stand for it.
            end = moment(row.get("time")) if url in closed else None
            # It stores addresses and names as HTML.
            yield Page(number=url, url=unescaped(url), title=word(row, "title"), closed=end)
        yield _comment(place, row, emails)


def _head(row: dict[str, Any]) -> tuple[dict[str, str], set[str]]:
    """Return the users' e-mails, and the articles that take no more comments."""
    if "users" not in row and "posts" not in row:
        raise RefusedError("the file is no backup of Remark42: its first line has no users")
    users, posts = _dicts(row, "users"), _dicts(row, "posts")
    emails = {word(each, "id"): word(_dict(each, "details"), "email") for each in users}
    closed = {word(each, "url") for each in posts if each.get("read_only") is True}
    return emails, closed


def _comment(place: str, row: dict[str, Any], emails: dict[str, str]) -> Record:
    user, edit, votes = _dict(row, "user"), _dict(row, "edit"), _dict(row, "votes")
    is_deleted = row.get("delete") is True
    return Record(
        number=word(row, "id"),
        page=word(_dict(row, "locator"), "url"),
        parent=word(row, "pid"),
        name=unescaped(word(user, "name")),
        email=emails.get(word(user, "id"), ""),
        author=word(user, "id"),
        # What was typed, in older backups only the HTML.
        text=word(row, "orig") or text_of_html(word(row, "text")),
        at=moment(row.get("time")),
        edited=moment(edit.get("time")),
        status=Status.WITHDRAWN if is_deleted else Status.PUBLISHED,
        reason=Reason.WITHDRAWN if is_deleted else "",
        votes=sum(each is True for each in votes.values()),
        erased=is_deleted,
        place=place,
    )


def _dict(row: dict[str, Any], name: str) -> dict[str, Any]:
    value = row.get(name)
    return value if isinstance(value, dict) else {}


def _dicts(row: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = row.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
