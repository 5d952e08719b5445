"""What the readers of all formats yield: pages, comments, and what is left out or broken."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from comments.models import Status


class RefusedError(Exception):
    """The whole file is refused: it is not of this format, or made to harm its reader."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """An article that was commented on, as the source knows it."""

    # What the comments of the file call it.
    number: str
    url: str = ""
    title: str = ""
    # The key of its frontend, if the source knows one.
    key: str = ""
    section: str = ""
    language: str = ""
    published: float | None = None
    closed: float | None = None


@dataclass(frozen=True, kw_only=True)
class Record:
    """A comment as it stands in the file, with its text already plain."""

    number: str
    page: str
    # The number of the comment that it answers, "" if none.
    parent: str = ""
    name: str = ""
    email: str = ""
    website: str = ""
    # What tells authors without an e-mail apart: an account's name or number.
    author: str = ""
    text: str = ""
    # Seconds since 1970; None if the source has no usable date.
    at: float | None = None
    edited: float | None = None
    status: str = Status.PUBLISHED
    reason: str = ""
    votes: int = 0
    # Written by the newsroom, or recommended by it.
    staff: bool = False
    picked: bool = False
    # Its content is gone, or must not be kept; only its place is.
    erased: bool = False
    place: str = ""


@dataclass(frozen=True)
class Left:
    """A record that is left out because of what it is: `why` is the sentence of the report."""

    why: str


@dataclass(frozen=True)
class Broken:
    """A record that cannot be read: where it is, and what is wrong."""

    place: str
    why: str


@dataclass(frozen=True)
class Source:
    """What the file says about itself: the name of its source."""

    name: str


Found = Page | Record | Left | Broken | Source
Reader = Iterator[Found]


def count(value: object) -> int:
    """Return a count as any database can store it; anything else counts as 0."""
    return value if type(value) is int and 0 < value < 1 << 31 else 0


def moment(text: object) -> float | None:
    """Return the seconds since 1970 of a time in ISO 8601; without a zone it counts as UTC.

    None if it is no time, as in 0000-00-00 00:00:00.
    """
    if not isinstance(text, str):
        return None
    try:
        read = dt.datetime.fromisoformat(text.strip())
        return (read if read.tzinfo else read.replace(tzinfo=dt.UTC)).timestamp()
    except (ValueError, OverflowError):
        return None
