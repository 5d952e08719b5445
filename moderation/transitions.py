"""The only writer of a comment's status: legal moves, a conditional update, and the decision."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from comments.models import Article, Comment, Status
from moderation.models import Decision
from moderation.verdict import Outcome, Scores, Verdict

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


class LostLockError(RuntimeError):
    """A comment changed under its article's lock: whoever did that does not take the lock."""


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


@dataclass(frozen=True, kw_only=True)
class Move:
    """A verdict on a comment, what it rests on, and the state in which the comment was judged."""

    comment: Comment
    verdict: Verdict
    expected: Seen
    evidence: Evidence

    @property
    def status(self) -> Status:
        return STATUS_AFTER[self.verdict.outcome]

    @property
    def turn(self) -> int:
        """1 where the comment becomes published, -1 where it ceases to be, 0 elsewhere."""
        return (self.status == Status.PUBLISHED) - (self.expected.status == Status.PUBLISHED)


def apply(
    *, comment: Comment, verdict: Verdict, expected: Seen, evidence: Evidence
) -> Decision | None:
    """Moves one comment, as apply_all does."""
    move = Move(comment=comment, verdict=verdict, expected=expected, evidence=evidence)
    return next(iter(apply_all([move])), None)


def apply_all(moves: Sequence[Move]) -> list[Decision]:
    """Moves comments, each at most once, and records why, in one transaction.

    Returns the decisions. A comment that is no longer as expected is left alone, with nothing
    written: someone was first. Raises IllegalMoveError for a move that no one may make.
    """
    for move in moves:
        if move.status not in LEGAL_MOVES[move.expected.status]:
            raise IllegalMoveError(f"{move.expected.status} -> {move.status}")
    with transaction.atomic():
        # Counted under the articles' locks, or two decisions at once would miss each other.
        articles = {move.comment.article_id for move in moves}
        list(Article.objects.select_for_update().filter(pk__in=articles).order_by("pk"))
        made = _still_expected(moves)
        _write_statuses(made)
        _keep_counts(made)
        return Decision.objects.bulk_create(map(_decision, made))


def _still_expected(moves: Sequence[Move]) -> list[Move]:
    """The moves whose comment is as it was judged; their articles' locks keep it so."""
    rows = Comment.objects.filter(pk__in=[move.comment.pk for move in moves])
    now = {pk: seen for pk, *seen in rows.values_list("pk", "status", "revision")}
    return [
        move
        for move in moves
        if now.get(move.comment.pk) == [move.expected.status, move.expected.revision]
    ]


def _write_statuses(moves: Sequence[Move]) -> None:
    """One conditional update for all that go the same way for the same reason."""
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for move in moves:
        expected = move.expected
        way = (move.status, move.verdict.reason, expected.status, expected.revision)
        alike[way].append(move.comment.pk)
    for (status, reason, *seen), ids in alike.items():
        rows = Comment.objects.filter(pk__in=ids, status=seen[0], revision=seen[1])
        moved = rows.update(status=status, reason=reason, decided_at=timezone.now())
        if moved != len(ids):
            raise LostLockError(f"{len(ids) - moved} comments changed under their article's lock")


def _keep_counts(moves: Sequence[Move]) -> None:
    """The article's count and the revision that its ETag is made of follow every visible move."""
    for article_id, change in _visible_changes([move for move in moves if move.turn]).items():
        Article.objects.filter(pk=article_id).update(
            published_count=F("published_count") + change, thread_revision=F("thread_revision") + 1
        )


def _visible_changes(turned: Sequence[Move]) -> Counter[int]:
    """By article, how many more comments are seen: a root takes its published replies along."""
    turns = {move.comment.pk: move.turn for move in turned}
    parents = {move.comment.parent_id for move in turned} - {None}
    published = Comment.objects.filter(status=Status.PUBLISHED)
    replies = published.filter(parent__in=turns).exclude(pk__in=turns)
    counts = dict(replies.values_list("parent").annotate(Count("pk"))) if turns else {}
    shown = set(published.filter(pk__in=parents).values_list("pk", flat=True)) if parents else set()
    changes: Counter[int] = Counter()
    for move in turned:
        comment, root = move.comment, move.comment.parent_id
        if root is None:
            change = move.turn * (1 + counts.get(comment.pk, 0))
        else:
            # A root that turned in the same breath is shown on one side of it only.
            root_shown = {1: root in shown, -1: (root in shown) != (root in turns)}
            change = move.turn * root_shown[move.turn]
        changes[comment.article_id] += change
    return changes


def _decision(move: Move) -> Decision:
    scores = move.evidence.scores
    return Decision(
        comment=move.comment,
        actor=move.evidence.actor,
        outcome=move.verdict.outcome,
        reason=move.verdict.reason,
        from_status=move.expected.status,
        revision=move.expected.revision,
        spam=scores.spam if scores else None,
        toxicity=scores.toxicity if scores else None,
        language=scores.language if scores else "",
        model_version=move.evidence.model_version,
    )
