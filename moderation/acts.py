"""Undo what moderators did: every act is on record, and is undone by another act."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from comments.models import Status
from moderation import author_measures, reports
from moderation.accounts.models import User
from moderation.actors import Actor
from moderation.models import Act, ActKind, Decision
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import STATUS_AFTER, Evidence, Move, Seen, apply_all

# The permission to undo what others did.
MAY_UNDO_OTHERS = "moderation.change_sitepolicy"
_OUTCOME_OF = {status: outcome for outcome, status in STATUS_AFTER.items()}


@dataclass(frozen=True)
class Undone:
    """What an undo changed back, and what it left: the ids of comments."""

    done: list[int] = field(default_factory=list)
    # Somebody else has decided in the meantime, or the comment was erased.
    changed: list[int] = field(default_factory=list)
    act: Act | None = None


def may_undo(user: User, act: Act) -> bool:
    """Moderators undo what they did themselves, leads what anybody did."""
    return act.user_id == user.pk or user.has_perm(MAY_UNDO_OTHERS)


def acts_of(user: User, limit: int = 20) -> QuerySet[Act]:
    """Return the user's latest acts, except undoing."""
    found = Act.objects.filter(user=user, undoes=None).select_related("undone_by")
    return found.order_by("-id")[:limit]


def undo(*, act: Act, user: User) -> Undone:
    """Undo an act in one transaction, unless it has been undone already.

    A comment goes back to what it was if nobody has changed it since.
    """
    try:
        with transaction.atomic():
            undoing = Act.objects.create(kind=act.kind, user=user, undoes=act)
            done, changed = _UNDO[ActKind(act.kind)](act, undoing)
            reports.settle(comments=[*done, *changed])
    except IntegrityError:
        return Undone()
    return Undone(done, changed, undoing)


def _undo_decisions(act: Act, undoing: Act) -> tuple[list[int], list[int]]:
    decisions = list(act.decisions.select_related("comment"))
    before = _before(decisions)
    evidence = Evidence(actor=Actor.person(undoing.user), act=undoing)
    moves = [
        Move(
            comment=decision.comment,
            verdict=before[decision.pk],
            expected=Seen.of(decision.comment),
            evidence=evidence,
        )
        for decision in decisions
        if decision.pk in before
    ]
    done = {each.comment_id for each in apply_all(moves)}
    ids = [decision.comment_id for decision in decisions]
    return [pk for pk in ids if pk in done], [pk for pk in ids if pk not in done]


def _before(decisions: Iterable[Decision]) -> dict[int, Verdict]:
    """Return the verdict before each decision; none where another has followed."""
    history: dict[int, list[tuple[int, str]]] = {}
    rows = Decision.objects.filter(comment__in=[each.comment_id for each in decisions])
    for pk, comment, reason in rows.order_by("pk").values_list("pk", "comment", "reason"):
        history.setdefault(comment, []).append((pk, reason))
    found = {}
    for decision in decisions:
        *earlier, (latest, _reason) = history[decision.comment_id]
        if latest == decision.pk:
            found[decision.pk] = _verdict(decision.from_status, earlier[-1][1] if earlier else "")
    return found


def _verdict(status: str, reason: str) -> Verdict:
    # The status before a first decision is pending, which nothing goes back to.
    outcome = _OUTCOME_OF.get(Status(status), Outcome.HOLD)
    return Verdict(outcome, reason or Reason.RETURNED)


_UNDO: Mapping[ActKind, Callable[[Act, Act], tuple[list[int], list[int]]]] = {
    ActKind.DECISION: _undo_decisions,
    ActKind.AUTHOR: author_measures.undo,
}
