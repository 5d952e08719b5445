"""Store comments that another system has decided: new rows, each with a decision that says so.

An existing comment's status is written by moderation.transitions alone.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from comments.models import Article, Comment, Revision, Status, rows
from moderation import history, search
from moderation.actors import IMPORT
from moderation.models import DayCount, Decision
from moderation.models.hours import hour_of
from moderation.transitions import STATUS_AFTER
from moderation.visible_counts import SeenChange, update_counts

_COLUMNS = (
    *("id", "article_id", "parent_id", "branch_id", "reply_to_id", "author_name", "author_url"),
    *("author_key", "writer_key", "text", "status", "reason", "created_at", "edited_at"),
)
_OF_DECISION = (
    *("comment_id", "actor_kind", "outcome", "reason", "from_status", "revision_id"),
    *("created_at", "hour", "chain"),
)
_OUTCOMES = {status: outcome for outcome, status in STATUS_AFTER.items()}


def store(comments: Sequence[Comment]) -> None:
    """Store new comments, numbered by `rows.reserve`, with a status and a reason.

    Parents come before their replies. In one transaction with their versions, decisions, words in
    the search, and the articles' counts. No event is written: nobody is told of what happened long
    ago, neither the site's server nor the authors.
    """
    now = timezone.now()
    with transaction.atomic():
        _lock_articles(comments)
        found = [{name: getattr(comment, name) for name in _COLUMNS} for comment in comments]
        rows.insert_all(Comment, [{**each, "decided_at": now} for each in found])
        numbers = rows.reserve(Revision, len(comments))
        pairs = list(zip(comments, numbers, strict=True))
        rows.insert_all(Revision, [_version(comment, number) for comment, number in pairs])
        decisions = [_decision(comment, number, now) for comment, number in pairs]
        rows.insert_all(
            Decision, [{name: getattr(each, name) for name in _OF_DECISION} for each in decisions]
        )
        held = {comment.pk for comment in comments if comment.status == Status.HELD}
        search.store(search.entries([c for c in comments if not c.is_erased]), held)
        update_counts([SeenChange.between(c, Status.PENDING, c.status) for c in comments])


def _lock_articles(comments: Sequence[Comment]) -> None:
    """Lock the articles, as every decision does first."""
    ids = {comment.article_id for comment in comments}
    locked = Article.objects.select_for_update(no_key=True).filter(pk__in=ids)
    list(locked.order_by("pk").values_list("pk"))


def recount_days(oldest: int) -> None:
    """Let the dashboard count the days from this hour on again: they have more comments."""
    DayCount.objects.filter(last__gte=oldest).delete()


def _version(comment: Comment, number: int) -> dict[str, Any]:
    return {
        "id": number,
        "comment_id": comment.pk,
        "number": comment.revision,
        "text": comment.text,
        "author_name": comment.author_name,
        "author_url": comment.author_url,
        "created_at": comment.sent_at,
    }


def _decision(comment: Comment, version: int, now: dt.datetime) -> Decision:
    made = Decision(
        comment_id=comment.pk,
        actor_kind=IMPORT.kind.value,
        outcome=_OUTCOMES[Status(comment.status)].value,
        reason=comment.reason,
        from_status=Status.PENDING.value,
        revision_id=version,
        created_at=now,
        hour=hour_of(now),
    )
    # The first of its comment, so there is none to follow.
    made.chain = history.link(made, "")
    return made
