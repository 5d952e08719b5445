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
    """Return the record of each author key (one e-mail, any browser), in one query."""
    return _records("author_key", keys)


def writer_records(keys: Iterable[str]) -> dict[str, AuthorRecord]:
    """Return the record of each writer key (one e-mail in one browser), in one query.

    Nobody else can add to it, so trust may be based on it.
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
