"""The only writer of a comment's status: legal moves, a conditional update, and the decision."""

import logging
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from comments.models import Article, Comment, Status
from moderation import metrics
from moderation.models import Decision
from moderation.verdict import Outcome, Scores, Verdict

logger = logging.getLogger(__name__)

STATUS_AFTER = {
    Outcome.PUBLISH: Status.PUBLISHED,
    Outcome.HOLD: Status.HELD,
    Outcome.REJECT: Status.REJECTED,
}
LEGAL_MOVES = {
    Status.PENDING: {Status.PUBLISHED, Status.HELD, Status.REJECTED},
    Status.HELD: {Status.PUBLISHED, Status.REJECTED},
    Status.PUBLISHED: {Status.HELD, Status.REJECTED},
    Status.REJECTED: {Status.PUBLISHED},
}


class IllegalMoveError(ValueError):
    """The verdict would take the comment where its status may not go."""


@dataclass(frozen=True)
class Seen:
    """The state in which a comment was judged; the move is made only while it still holds."""

    status: Status
    revision: int

    @classmethod
    def of(cls, comment: Comment) -> "Seen":
        return cls(Status(comment.status), comment.revision)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Who or what a verdict rests on: a person, or the scores of a model."""

    actor: User | None = None
    scores: Scores | None = None
    model_version: str = ""


def apply(
    *, comment: Comment, verdict: Verdict, expected: Seen, evidence: Evidence
) -> Decision | None:
    """Moves the comment and records why, in one transaction.

    Returns None, with nothing written, where the comment is no longer as expected: someone was
    first. Raises IllegalMoveError for a move that no one may make.
    """
    status = STATUS_AFTER[verdict.outcome]
    if status not in LEGAL_MOVES[expected.status]:
        raise IllegalMoveError(f"{expected.status} -> {status}")
    with transaction.atomic():
        # Counted under the article's lock, or two decisions at once would miss each other.
        Article.objects.select_for_update().values_list("pk").get(pk=comment.article_id)
        moved = Comment.objects.filter(
            pk=comment.pk, status=expected.status, revision=expected.revision
        ).update(status=status, reason=verdict.reason, decided_at=timezone.now())
        if not moved:
            return None
        _keep_count(comment, before=expected.status, after=status)
        return _record(comment, verdict, expected, evidence)


def _keep_count(comment: Comment, *, before: Status, after: Status) -> None:
    """The article's count and the revision that its ETag is made of follow every visible move."""
    change = (after == Status.PUBLISHED) - (before == Status.PUBLISHED)
    if change:
        Article.objects.filter(pk=comment.article_id).update(
            published_count=F("published_count") + change * _shown_with(comment),
            thread_revision=F("thread_revision") + 1,
        )


def _shown_with(comment: Comment) -> int:
    """How many comments come and go with this one: a root takes its published replies along."""
    published = Comment.objects.filter(status=Status.PUBLISHED)
    if comment.parent_id:
        return published.filter(pk=comment.parent_id).count()
    return 1 + published.filter(parent=comment.pk).count()


def _record(comment: Comment, verdict: Verdict, seen: Seen, evidence: Evidence) -> Decision:
    scores = evidence.scores
    transaction.on_commit(lambda: _tell(comment, verdict, evidence), robust=True)
    return Decision.objects.create(
        comment=comment,
        actor=evidence.actor,
        outcome=verdict.outcome,
        reason=verdict.reason,
        from_status=seen.status,
        revision=seen.revision,
        spam=scores.spam if scores else None,
        toxicity=scores.toxicity if scores else None,
        language=scores.language if scores else "",
        model_version=evidence.model_version,
    )


def _tell(comment: Comment, verdict: Verdict, evidence: Evidence) -> None:
    metrics.count_decided(
        outcome=verdict.outcome, reason=verdict.reason, by_person=evidence.actor is not None
    )
    logger.info("comment %s: %s, %s", comment.pk, verdict.outcome, verdict.reason)
