"""Bring what a file says into the form in which this service stores it.

Nothing is refused that readers could read before: what the form would not accept is mended.
"""

import datetime as dt
import re
import time
import unicodedata
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from comments.archives.models import MAX_NUMBER_LENGTH
from comments.archives.records import Broken, Page, Record
from comments.models import (
    ERASED_TEXT,
    MAX_EMAIL_LENGTH,
    MAX_NAME_LENGTH,
    MAX_WEBSITE_LENGTH,
    Status,
)
from comments.validators import (
    NAME_CHECKS,
    WEBSITE_CHECKS,
    validate_article_key,
    validate_language,
    validate_visible,
)
from moderation.policy.verdict import Reason

MAX_TITLE_LENGTH, MAX_URL_LENGTH, MAX_SECTION_LENGTH, MAX_LANGUAGE_LENGTH = 300, 500, 80, 35
# The last day that every time zone can show.
_LAST = dt.datetime(9999, 12, 30, tzinfo=dt.UTC).timestamp()
_UNSTORABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff]")
_DIRECTION_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_MARK = "[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]"
_MARKS = re.compile(f"({_MARK}{{8}}){_MARK}+")
_SCHEME = re.compile(r"https?://", re.IGNORECASE)


def cleaned(record: Record) -> Record | Broken:
    """Return the comment as it is stored; broken if it says nothing or cannot be told apart."""
    number, parent = storable(record.number), storable(record.parent)
    if not number:
        return Broken(record.place, "a comment without a number")
    if len(number) > MAX_NUMBER_LENGTH or len(parent) > MAX_NUMBER_LENGTH:
        return Broken(record.place, "its number is too long")
    placed = replace(
        record,
        number=number,
        parent=parent,
        page=storable(record.page),
        at=_time(record.at),
        edited=_time(record.edited),
    )
    return _without_content(placed) if record.erased else _with_content(placed)


def _without_content(record: Record) -> Record:
    blank = replace(record, text=ERASED_TEXT, name="", email="", website="", author="")
    # A moderator would have nothing to read.
    waits = record.status == Status.HELD
    return replace(blank, status=Status.REJECTED, reason=Reason.ERASED) if waits else blank


def _with_content(record: Record) -> Record | Broken:
    text = clean_text(record.text)
    if not _passes(text, validate_visible):
        return Broken(record.place, "a comment without text")
    return replace(
        record,
        text=text,
        name=clean_name(record.name) or _("Anonymous"),
        email=_email(record.email),
        website=_website(record.website),
        author=storable(record.author),
    )


def clean_page(page: Page) -> Page:
    """Return the article with what it may keep; the title may come from the address."""
    number, url = storable(page.number), storable(page.url).strip()
    key = unicodedata.normalize("NFC", page.key)
    title = clean_line(page.title, MAX_TITLE_LENGTH)
    return replace(
        page,
        number=number,
        url=url,
        title=title or url[-MAX_TITLE_LENGTH:] or number[:MAX_TITLE_LENGTH],
        key=key if _passes(key, validate_article_key) else "",
        section=clean_line(page.section, MAX_SECTION_LENGTH),
        language=_language(page.language),
        published=_time(page.published),
        closed=None if page.closed is None else min(max(page.closed, 0), _LAST),
    )


def storable(text: str) -> str:
    """Leave out what no database stores, or nobody sees, of a number, an address or a name."""
    return text if text.isprintable() else _UNSTORABLE.sub("", text)


def clean_text(text: str) -> str:
    """Leave out characters that nobody sees, and all but eight of the marks on a letter."""
    return _MARKS.sub(r"\1", _CONTROLS.sub("", text)).strip()


def clean_line(text: str, longest: int) -> str:
    """Return the text as one line of at most so many characters; empty if nothing is visible."""
    line = " ".join(_DIRECTION_MARKS.sub("", clean_text(text)).split())[:longest].strip()
    return line if _passes(line, *NAME_CHECKS) else ""


def clean_name(name: str) -> str:
    return clean_line(name, MAX_NAME_LENGTH)


def _email(email: str) -> str:
    email = storable(email).strip()
    return email if len(email) <= MAX_EMAIL_LENGTH and _passes(email, validate_email) else ""


def _website(url: str) -> str:
    url = storable(url).strip()
    if url and not _SCHEME.match(url):
        url = f"http://{url}"
    return url if 0 < len(url) <= MAX_WEBSITE_LENGTH and _passes(url, *WEBSITE_CHECKS) else ""


def _language(tag: str) -> str:
    return tag if len(tag) <= MAX_LANGUAGE_LENGTH and _passes(tag, validate_language) else ""


def _time(at: float | None) -> float | None:
    """Return the time, at the latest now; none if it is before 1970, when nothing was online."""
    return min(at, time.time()) if at is not None and at > 0 else None


def _passes(text: str, *checks: object) -> bool:
    try:
        for check in checks:
            check(text)  # type: ignore[operator]
    except (ValidationError, ValueError):
        # The second: it is no text that the check can read.
        return False
    return bool(text)
