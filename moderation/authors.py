"""Count how the earlier comments of an author, or of one browser, ended."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from comments.models import Comment, Status


@dataclass
class AuthorRecord:
    """How an author's earlier comments ended."""

    published: int = 0
    held: int = 0
    rejected: int = 0


def author_records(keys: Iterable[str]) -> dict[str, AuthorRecord]:
    """The record of each author key, in one query: of all who wrote under that e-mail."""
    return _records("author_key", keys)


def writer_records(keys: Iterable[str]) -> dict[str, AuthorRecord]:
    """The record of each writer key, in one query: of one browser under one e-mail.

    Nobody but its holder adds to it, so trust may rest on it.
    """
    return _records("writer_key", keys)


def _records(column: str, keys: Iterable[str]) -> dict[str, AuthorRecord]:
    records = {key: AuthorRecord() for key in keys}
    rows = (
        Comment.objects.filter(**{f"{column}__in": records.keys() - {""}})
        .exclude(status=Status.PENDING)
        .values_list(column, "status")
        .annotate(count=Count("id"))
    )
    for key, status, count in rows:
        setattr(records[key], status, count)
    return records
