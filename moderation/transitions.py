"""The only writer of a comment's status: legal moves, a conditional update, and the decision."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from comments.models import ERASED_TEXT, Article, Comment, Status
from moderation.models import Decision
from moderation.verdict import Outcome, Reason, Scores, Verdict

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
        moved = (
            Comment.objects.filter(
                pk=comment.pk, status=expected.status, revision=expected.revision
            )
            .filter(_may_become(status))
            .update(status=status, reason=verdict.reason, decided_at=timezone.now())
        )
        if not moved:
            return None
        _keep_count(comment, before=expected.status, after=status)
        return _record(comment, verdict, expected, evidence)


def _may_become(status: Status) -> Q:
    """An erased comment may be taken down; there is nothing in it to publish."""
    return ~Q(text=ERASED_TEXT) if status == Status.PUBLISHED else Q()


def erase(*, comment: Comment, gone: bool) -> bool:
    """Blanks whatever tells of the comment's author, at any status, in one transaction.

    What readers do not see yet will not be seen. What they see stays in its place without name
    and text, or with `gone` is taken down too, unless others have answered it. Returns whether
    readers see its place still.
    """
    with transaction.atomic():
        # No status moves while the article's lock is held: each move takes it first.
        Article.objects.select_for_update().values_list("pk").get(pk=comment.article_id)
        comment.refresh_from_db(fields=["status", "revision"])
        seen = Seen.of(comment)
        status = _status_erased(comment, gone=gone)
        blank = {"author_name": "", "author_url": "", "text": ERASED_TEXT}
        comments = Comment.objects.filter(pk=comment.pk)
        comments.update(author_key=secrets.token_hex(32), revision=F("revision") + 1, **blank)
        if status != seen.status:
            verdict = Verdict(Outcome.REJECT, Reason.ERASED)
            comments.update(status=status, reason=verdict.reason, decided_at=timezone.now())
            _keep_count(comment, before=seen.status, after=status)
            _record(comment, verdict, seen, Evidence())
        else:
            Article.objects.filter(pk=comment.article_id).update(
                thread_revision=F("thread_revision") + 1
            )
        return status == Status.PUBLISHED


def _status_erased(comment: Comment, *, gone: bool) -> Status:
    if comment.status == Status.PUBLISHED:
        answers = comment.replies.exclude(text=ERASED_TEXT).exclude(status=Status.REJECTED)
        return Status.REJECTED if gone and not answers.exists() else Status.PUBLISHED
    return Status.REJECTED


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
