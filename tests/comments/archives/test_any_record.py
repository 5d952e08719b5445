"""No field of any kind of record, whatever is in it, aborts an import."""

import json
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import models, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments.archives.models import Archive, Origin
from comments.models import Article, Comment
from tests.comments.archives.conftest import Import

pytestmark = pytest.mark.django_db

Row = dict[str, Any]
_URL = "http://testserver/a"
_HEAD: Row = {"archive": "comments-archive", "version": 1, "source": "x"}
_ARTICLE: Row = {
    "type": "article",
    "key": "a",
    "url": _URL,
    "title": "Міст",
    "section": "Місто",
    "language": "uk",
    "published": "2024-05-01T06:00:00Z",
    "closes": None,
}
_COMMENT: Row = {
    "number": 1,
    "article": "a",
    "url": _URL,
    "reply_to": 2,
    "text": "Так.",
    "name": "Оля",
    "email": "o@example.org",
    "website": "",
    "author": "x",
    "submitted": "2024-05-01T06:00:00Z",
    "edited": None,
    "status": "rejected",
    "reason": "spam",
    "votes": 1,
    "staff": False,
    "picked": False,
}
_ERASED: Row = {**_COMMENT, "erased": True, "status": "withdrawn"}
_GOOD: Row = {"number": "good", "url": "http://testserver/good", "text": "Добре."}
_PLACES = [(kind, name) for kind in (_HEAD, _ARTICLE, _COMMENT, _ERASED) for name in kind]
# If by these an article is none of the site's, the file is refused in a sentence.
_REFUSED = {"url", "key", "article"}
_ODD: list[Any] = [
    # Texts.
    *("", " ", "\0", "a\0b", "\ud800", "x\udfffy", "\x1b[31m", "\u202e", "\u200b", "x" * 700),
    *("9" * 41, "ab-" * 13 + "cd", "withdrawn", "pending"),
    # More than PostgreSQL's index of words holds.
    " ".join(f"словословослово{number}" for number in range(40_000)),
    # Numbers and others.
    *(True, False, -1, 1 << 31, 1 << 63, 10**400, 1.5, float("inf"), float("nan"), -1e308),
    *([], {}, [1], {"a": "\ud800"}, json.loads("[" * 400 + "]" * 400)),
    # Addresses.
    *("http://[x/a", "http://testserver:x/", "http://testserver/\0", f"{_URL}?\ud800"),
    *("http://ex℀mple.org/", "http://[::1]:99999/", "http://\ud800.org", "o@\ud800.org"),
    *(_URL + "b" * 600, "javascript:1"),
    # Times.
    *("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "2999-01-01"),
    *("1969-12-31T23:00:00Z", "0000-00-00 00:00:00", "2024-01-01\ud80000:00"),
]


def _import(bring: Import, *rows: Row, may_be_refused: bool) -> None:
    """Import the rows, and one that is as it should be."""
    with transaction.atomic():
        content = "".join(json.dumps(row) + "\n" for row in (*rows, _GOOD))
        if may_be_refused:
            _import_or_refuse(bring, content)
        else:
            bring(content, "jsonl")
            assert Comment.objects.filter(origin__number="good").exists()
        _read_all()
        transaction.set_rollback(True)


def _import_or_refuse(bring: Import, content: str) -> None:
    try:
        bring(content, "jsonl")
    except CommandError as error:
        if "these are not addresses of the site" not in str(error):
            raise


def _read_all() -> None:
    """Read what was stored, as pages do. SQLite itself keeps to no lengths."""
    for model in (Archive, Article, Comment, Origin):
        for row in model._default_manager.all():  # type: ignore[attr-defined]
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                if isinstance(value, str):
                    assert b"\0" not in value.encode()
                if isinstance(field, models.CharField) and value:
                    assert len(value) <= (field.max_length or 0), field
                if isinstance(field, models.DateTimeField) and value:
                    assert timezone.localtime(value).year
    future = timezone.now()
    assert not Comment.objects.filter(created_at__gt=future).exists()
    assert not Comment.objects.filter(edited_at__gt=future).exists()


@pytest.mark.parametrize("value", _ODD, ids=lambda value: ascii(value)[:30])
def test_nothing_odd_in_any_field_of_any_record_aborts_an_import(value: Any, bring: Import) -> None:
    rows = []
    for number, (kind, name) in enumerate(_PLACES):
        own = {"number": number, "key": f"a{number}", "article": f"a{number}"}
        own["url"] = f"{_URL}{number}"
        row = {**kind, **{each: own[each] for each in own.keys() & kind.keys()}, name: value}
        if name in _REFUSED:
            _import(bring, row, {**_COMMENT, **row}, may_be_refused=True)
        else:
            rows += [row, {**_COMMENT, **own, "number": f"of {number}"}]
    _import(bring, *rows, may_be_refused=False)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    place=st.sampled_from(_PLACES),
    value=st.one_of(st.text(max_size=50), st.integers(), st.floats(), st.datetimes().map(str)),
)
def test_nothing_at_all_in_any_field_of_any_record_aborts_an_import(
    place: tuple[Row, str], value: Any, bring: Import
) -> None:
    kind, name = place
    row = {**kind, name: value}
    _import(bring, row, {**_COMMENT, "number": 2}, may_be_refused=name in _REFUSED)
