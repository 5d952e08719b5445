"""Undo what moderators did: every act is on record, and is undone by another act."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from comments.models import Status
from moderation import article_holds, author_measures, picks, policy_changes, reports
from moderation.accounts.models import User
from moderation.actors import Actor
from moderation.models import Act, ActKind, Decision
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import STATUS_AFTER, Evidence, Move, Seen, apply_all

# The permission to undo what others did.
MAY_UNDO_OTHERS = "moderation.change_sitepolicy"
# What undoing an act needs beside it: the permission to do it.
_NEEDED = {
    ActKind.DECISION: "moderation.change_heldcomment",
    ActKind.AUTHOR: "moderation.hold_author",
    ActKind.POLICY: "moderation.change_sitepolicy",
    ActKind.ARTICLE: "moderation.change_articlehold",
    ActKind.PICK: picks.MAY_PICK,
}
_OUTCOME_OF = {status: outcome for outcome, status in STATUS_AFTER.items()}


@dataclass(frozen=True)
class Undone:
    """What an undo changed back, and what it left: the ids of comments.

    An undo of anything else has none if it was done, and some in `changed` if it was not.
    """

    done: list[int] = field(default_factory=list)
    # Somebody else has decided in the meantime, or the comment was erased.
    changed: list[int] = field(default_factory=list)
    act: Act | None = None


def may_undo(user: User, act: Act) -> bool:
    """Moderators undo what they did themselves and may still do, leads what anybody did.

    An undo is not undone.
    """
    if act.undoes_id:
        return False
    needed = _NEEDED[ActKind(act.kind)]
    return user.has_perm(needed) and (act.user_id == user.pk or user.has_perm(MAY_UNDO_OTHERS))


def acts_of(user: User, limit: int = 20) -> QuerySet[Act]:
    """Return the user's latest acts, except undoing."""
    found = Act.objects.filter(user=user, undoes=None).select_related("undone_by")
    return found.order_by("-id")[:limit]


def undo(*, act: Act, user: User) -> Undone:
    """Undo an act in one transaction, unless it has been undone already.

    A comment goes back to what it was if nobody has changed it since. If nothing does, nothing is
    recorded.
    """
    try:
        with transaction.atomic():
            about = {"comment": act.before["comment"]} if act.kind == ActKind.PICK else {}
            undoing = Act.objects.create(kind=act.kind, user=user, undoes=act, before=about)
            done, changed = _UNDO[ActKind(act.kind)](act, undoing)
            if changed and not done:
                transaction.set_rollback(True)
    except IntegrityError:
        return Undone()
    return Undone(done, changed, None if changed and not done else undoing)


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
    # Authors may have changed theirs since: that version is judged anew.
    unchanged = [each for each in moves if each.expected.status != Status.PENDING]
    done = {each.comment_id for each in apply_all(unchanged)}
    ids = [decision.comment_id for decision in decisions]
    reports.settle(comments=ids)
    return [pk for pk in ids if pk in done], [pk for pk in ids if pk not in done]


def _before(decisions: Iterable[Decision]) -> dict[int, Verdict]:
    """Return the verdict before each decision; none where another has followed."""
    history: dict[int, list[tuple[int, str, int | None]]] = {}
    rows = Decision.objects.filter(comment__in=[each.comment_id for each in decisions])
    values = ("comment", "pk", "reason", "own_reason")
    for comment, *facts in rows.order_by("pk").values_list(*values):
        history.setdefault(comment, []).append((facts[0], facts[1], facts[2]))
    found = {}
    for decision in decisions:
        *earlier, (latest, *_) = history[decision.comment_id]
        if latest == decision.pk:
            _pk, reason, own = earlier[-1] if earlier else (0, "", None)
            found[decision.pk] = _verdict(decision.from_status, reason, own)
    return found


def _verdict(status: str, reason: str, own_reason: int | None) -> Verdict:
    # The status before a first decision is pending, which nothing goes back to.
    outcome = _OUTCOME_OF.get(Status(status), Outcome.HOLD)
    return Verdict(outcome, reason or Reason.RETURNED, own_reason)


_UNDO: Mapping[ActKind, Callable[[Act, Act], tuple[list[int], list[int]]]] = {
    ActKind.DECISION: _undo_decisions,
    ActKind.AUTHOR: author_measures.undo,
    ActKind.POLICY: policy_changes.undo,
    ActKind.ARTICLE: article_holds.undo,
    ActKind.PICK: picks.undo,
}
