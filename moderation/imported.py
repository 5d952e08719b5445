"""Store comments that another system has decided: new rows, each with a decision that says so.

An existing comment's status is written by moderation.transitions alone.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.utils import timezone

from comments.models import ERASED_TEXT, Article, Comment, Revision, Status, rows
from moderation import history, search
from moderation.actors import IMPORT
from moderation.models import DayCount, Decision
from moderation.models.hours import hour_of
from moderation.transitions import STATUS_AFTER
from moderation.visible_counts import SeenChange, update_counts

_OF_DECISION = (
    *("comment_id", "actor_kind", "outcome", "reason", "from_status", "revision_id"),
    *("created_at", "hour", "chain"),
)
_OUTCOMES = {status: outcome for outcome, status in STATUS_AFTER.items()}


@dataclass(slots=True, kw_only=True)
class Arrival:
    """A new comment with its place, status and reason, numbered by `rows.reserve`.

    It has the columns of Comment: to build an instance of a model takes ten times as long.
    """

    id: int
    article_id: int
    parent_id: int | None
    branch_id: int | None
    reply_to_id: int | None
    author_name: str
    author_url: str
    author_key: str
    writer_key: str
    text: str
    status: str
    reason: str
    created_at: dt.datetime
    edited_at: dt.datetime | None

    @property
    def pk(self) -> int:
        return self.id


_COLUMNS = tuple(each.name for each in fields(Arrival))


def store(comments: Sequence[Arrival]) -> None:
    """Store new comments, decided as they are.

    Parents come before their replies. In one transaction with their versions, decisions, words in
    the search, and the articles' counts. No event is written: nobody is told of what happened long
    ago, neither the site's server nor the authors.
    """
    now = timezone.now()
    with transaction.atomic():
        _lock_articles(comments)
        rows.insert_all(
            Comment,
            [
                {"decided_at": now, **{name: getattr(each, name) for name in _COLUMNS}}
                for each in comments
            ],
        )
        numbers = rows.reserve(Revision, len(comments))
        pairs = list(zip(comments, numbers, strict=True))
        rows.insert_all(Revision, [_version(comment, number) for comment, number in pairs])
        rows.insert_all(Decision, list(_decisions(pairs, now)))
        held = {comment.pk for comment in comments if comment.status == Status.HELD}
        search.store(search.entries([c for c in comments if c.text != ERASED_TEXT]), held)
        update_counts([SeenChange.between(c, Status.PENDING, c.status) for c in comments])


def _lock_articles(comments: Sequence[Arrival]) -> None:
    """Lock the articles, as every decision does first."""
    ids = {comment.article_id for comment in comments}
    locked = Article.objects.select_for_update(no_key=True).filter(pk__in=ids)
    list(locked.order_by("pk").values_list("pk"))


def recount_days(oldest: int) -> None:
    """Let the dashboard count the days from this hour on again: they have more comments."""
    DayCount.objects.filter(last__gte=oldest).delete()


def _version(comment: Arrival, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "comment_id": comment.pk,
        "number": 1,
        "text": comment.text,
        "author_name": comment.author_name,
        "author_url": comment.author_url,
        "created_at": comment.edited_at or comment.created_at,
    }


def _decisions(pairs: Iterable[tuple[Arrival, int]], now: dt.datetime) -> Iterator[dict[str, Any]]:
    """Yield the columns of the decisions on comments with the numbers of their versions."""
    made = Decision(
        actor_kind=IMPORT.kind.value,
        from_status=Status.PENDING.value,
        created_at=now,
        hour=hour_of(now),
    )
    for comment, version in pairs:
        made.comment_id, made.revision_id, made.reason = comment.id, version, comment.reason
        made.outcome = _OUTCOMES[Status(comment.status)].value
        # The first of its comment, so there is none to follow.
        made.chain = history.link(made, "")
        yield {name: getattr(made, name) for name in _OF_DECISION}
