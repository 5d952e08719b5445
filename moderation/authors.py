"""Count how the earlier comments of an author, or of one browser, ended, and how fast they come."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count

from comments.models import Comment, Status

MINUTE = dt.timedelta(minutes=1)


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


def sent_in_a_minute(comments: Sequence[Comment]) -> dict[int, int]:
    """Return how many comments each one's writer sent in the minute up to it, in one query."""
    sent = defaultdict(list)
    known = [comment for comment in comments if comment.writer_key]
    if known:
        since = min(comment.created_at for comment in known) - MINUTE
        rows = Comment.objects.filter(
            writer_key__in={comment.writer_key for comment in known}, created_at__gt=since
        )
        for key, number, at in rows.values_list("writer_key", "id", "created_at"):
            sent[key].append((at, number))
    return {
        comment.pk: max(1, sum(map(_within_a_minute(comment), sent[comment.writer_key])))
        for comment in comments
    }


def _within_a_minute(comment: Comment) -> Callable[[tuple[dt.datetime, int]], bool]:
    first, last = (comment.created_at - MINUTE, 0), (comment.created_at, comment.pk)
    return lambda sent: first < sent <= last


def _records(column: str, keys: Iterable[str]) -> dict[str, AuthorRecord]:
    records = {key: AuthorRecord() for key in keys}
    rows = (
        Comment.objects.filter(**{f"{column}__in": records.keys() - {""}})
        .filter(status__in=(Status.PUBLISHED, Status.HELD, Status.REJECTED))
        .values_list(column, "status")
        .annotate(count=Count("id"))
    )
    for key, status, count in rows:
        setattr(records[key], status, count)
    return records
