"""Decide on many comments together: prepared, read through, then applied batch by batch.

Each batch is one transaction, so a bulk decision can be stopped, and goes on where it was. All its
decisions belong to one act and are undone together. The page that shows it asks for the batches;
if it is closed, a worker's sweep does.
"""

import datetime as dt
import time
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from comments.models import Comment, Status
from moderation import claims, notes, precedents, reports, transitions
from moderation.accounts.models import User
from moderation.actors import Actor
from moderation.models import Act, ActKind, BulkDecision, BulkItem, BulkState, Fate
from moderation.policy.verdict import Outcome, Verdict
from moderation.rejections import verdicts_for
from moderation.transitions import Evidence, Move, Seen

# Who has lost it in the meantime decides nothing more.
MAY_DECIDE = "moderation.change_heldcomment"
# How many comments are decided in one transaction, and by one bulk decision.
BATCH = 250
MAX_ITEMS = 5000
# How long a request decides; a sweep has more time.
REQUEST_SECONDS = 1.0
SWEEP_SECONDS = 10.0
# A page that is open asks for the next batches more often than this.
ABANDONED_AFTER = dt.timedelta(seconds=30)
# How long the list of comments is kept after the last step; the decisions themselves stay.
KEPT = dt.timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What a moderator chose: a verdict, and the comments as they were seen.

    separate: those that were not selected and may need a decision of their own; they are only
    listed. matched: how many there were, if more than one bulk decision takes.
    """

    user: User
    verdict: Verdict
    seen: Mapping[int, Seen]
    separate: Mapping[int, Seen] = field(default_factory=dict)
    matched: int = 0
    back: str = ""


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """The moves that can be made now, and the fates of the comments that are left out."""

    moves: Sequence[Move]
    left_out: Mapping[int, Fate]


def prepare(choice: Choice) -> BulkDecision:
    """Store what was chosen, so that it can be read before anything is decided."""
    chosen = dict(list(_existing(choice.seen).items())[:MAX_ITEMS])
    separate = _existing({pk: each for pk, each in choice.separate.items() if pk not in chosen})
    with transaction.atomic():
        bulk = BulkDecision.objects.create(
            user=choice.user,
            outcome=choice.verdict.outcome,
            reason=choice.verdict.reason,
            own_reason_id=choice.verdict.own_reason,
            matched=max(choice.matched, len(choice.seen)),
            back=choice.back,
        )
        rows = [_item(bulk, pk, seen, Fate.WAITING) for pk, seen in chosen.items()]
        rows += [_item(bulk, pk, seen, Fate.SEPARATE) for pk, seen in separate.items()]
        BulkItem.objects.bulk_create(rows)
    return bulk


def _existing(seen: Mapping[int, Seen]) -> dict[int, Seen]:
    """Leave out numbers of no comment, which only a forged form has."""
    known = set(Comment.objects.filter(pk__in=seen).values_list("pk", flat=True))
    return {pk: each for pk, each in seen.items() if pk in known}


def as_seen(comments: QuerySet[Any]) -> dict[int, Seen]:
    """Return the present state of comments, in order, and of one more than can be decided."""
    rows = comments.values_list("pk", "status", "version")[: MAX_ITEMS + 1]
    return {pk: Seen(Status(status), version) for pk, status, version in rows}


def verdict_of(bulk: BulkDecision) -> Verdict:
    return Verdict(Outcome(bulk.outcome), bulk.reason, bulk.own_reason_id)


def sort_out(bulk: BulkDecision, items: Iterable[BulkItem]) -> Sorted:
    """Return what would be decided now, and what not and why.

    Left out is what changed since it was chosen, what has that status already, what a colleague
    was asked about or has open.
    """
    expected = {each.comment_id: Seen(Status(each.status), each.version) for each in items}
    rows = Comment.objects.filter(pk__in=expected).select_related("article")
    comments = list(rows.order_by("pk"))
    asked, claimed = notes.questions_on(expected), claims.holders(expected, besides=bulk.user)
    evidence = Evidence(actor=Actor.person(bulk.user))
    moves, left_out = [], dict.fromkeys(expected, Fate.CHANGED)
    for comment, verdict in zip(comments, verdicts_for(verdict_of(bulk), comments), strict=True):
        seen = expected[comment.pk]
        move = Move(comment=comment, verdict=verdict, expected=seen, evidence=evidence)
        if Seen.of(comment) != seen:
            continue
        if not move.is_legal:
            left_out[comment.pk] = Fate.SAME
        elif comment.pk in asked:
            left_out[comment.pk] = Fate.ASKED
        elif comment.pk in claimed:
            left_out[comment.pk] = Fate.CLAIMED
        else:
            moves.append(move)
            del left_out[comment.pk]
    return Sorted(moves=moves, left_out=left_out)


def leave_out(*, bulk: BulkDecision, comments: Collection[int], out: bool = True) -> None:
    """Leave comments out of a bulk decision that has not started, or take them in again."""
    if bulk.is_prepared:
        before, after = (Fate.WAITING, Fate.LEFT_OUT) if out else (Fate.LEFT_OUT, Fate.WAITING)
        bulk.items.filter(fate=before, comment__in=comments).update(fate=after)


def start(*, bulk: BulkDecision) -> None:
    """Let the batches begin, or go on after a stop."""
    _change(bulk, (BulkState.PREPARED, BulkState.STOPPED), BulkState.RUNNING)


def stop(*, bulk: BulkDecision) -> None:
    """Decide no further batch; what is decided stays until it is undone."""
    _change(bulk, (BulkState.RUNNING,), BulkState.STOPPED)


def carry_on(*, bulk: BulkDecision, seconds: float = REQUEST_SECONDS) -> None:
    """Decide batch after batch until nothing is left, somebody stops it or the time is over."""
    until = time.monotonic() + seconds
    while _decide_batch(bulk.pk) and time.monotonic() < until:
        pass
    bulk.refresh_from_db()


def carry_on_abandoned() -> int:
    """Carry on what nobody watches any more; return how many bulk decisions that were."""
    silent = timezone.now() - ABANDONED_AFTER
    abandoned = list(BulkDecision.objects.filter(state=BulkState.RUNNING, moved_at__lt=silent)[:5])
    for bulk in abandoned:
        carry_on(bulk=bulk, seconds=SWEEP_SECONDS / len(abandoned))
    return len(abandoned)


def unfinished(user: User) -> list[BulkDecision]:
    """Return what a moderator started and what is not at its end, the latest first."""
    states = (BulkState.RUNNING, BulkState.STOPPED)
    found = BulkDecision.objects.filter(user=user, state__in=states, act__undone_by=None)
    return list(found.order_by("-pk")[:5])


def counts(bulk: BulkDecision) -> Counter[str]:
    """Return how many comments have each fate."""
    return Counter(bulk.items.order_by().values_list("fate", flat=True))


def drop_old() -> None:
    """Delete the lists of comments of bulk decisions that ended, or never began, long ago."""
    old = BulkDecision.objects.filter(moved_at__lt=timezone.now() - KEPT)
    old.exclude(state=BulkState.RUNNING).delete()


def _item(bulk: BulkDecision, pk: int, seen: Seen, fate: Fate) -> BulkItem:
    return BulkItem(bulk=bulk, comment_id=pk, status=seen.status, version=seen.version, fate=fate)


def _change(bulk: BulkDecision, before: Collection[BulkState], after: BulkState) -> None:
    allowed = BulkDecision.objects.filter(pk=bulk.pk, state__in=before)
    allowed.update(state=after, moved_at=timezone.now())
    bulk.refresh_from_db()


def _decide_batch(pk: int) -> bool:
    """Decide the next batch in a transaction; return whether there may be another."""
    with transaction.atomic():
        # Two pages, or a page and a sweep, take turns.
        bulk = BulkDecision.objects.select_for_update().get(pk=pk)
        if not bulk.is_running:
            return False
        items = list(bulk.items.filter(fate=Fate.WAITING)[:BATCH])
        if not items or not bulk.user.has_perm(MAY_DECIDE) or _is_undone(bulk):
            bulk.state = BulkState.STOPPED if items else BulkState.FINISHED
            bulk.save(update_fields=["state"])
            return False
        found = sort_out(bulk, items)
        done = _apply(bulk, found.moves)
        reports.settle(comments=done)
        _write_fates(items, done, found.left_out)
        bulk.moved_at = timezone.now()
        bulk.save(update_fields=["act", "moved_at"])
    return True


def _is_undone(bulk: BulkDecision) -> bool:
    """Return whether its act was undone. Locks the act, so that batch and undo take turns."""
    if bulk.act_id is None:
        return False
    Act.objects.select_for_update().get(pk=bulk.act_id)
    return Act.objects.filter(undoes=bulk.act_id).exists()


def _apply(bulk: BulkDecision, moves: Sequence[Move]) -> set[int]:
    """Make the moves as part of the one act, which is only created if any is made."""
    with transaction.atomic():
        act = bulk.act or Act.objects.create(kind=ActKind.DECISION, user=bulk.user)
        evidence = Evidence(actor=Actor.person(bulk.user), act=act)
        decided = transitions.apply_all([replace(move, evidence=evidence) for move in moves])
        precedents.remember(decided)
        if not decided:
            transaction.set_rollback(True)
            return set()
    bulk.act = act
    return {each.comment_id for each in decided}


def _write_fates(
    items: Sequence[BulkItem], done: Collection[int], left_out: Mapping[int, Fate]
) -> None:
    by_fate: dict[Fate, list[int]] = {}
    for item in items:
        # A move that was possible a moment ago was refused because the comment has changed.
        refused = left_out.get(item.comment_id, Fate.CHANGED)
        fate = Fate.DONE if item.comment_id in done else refused
        by_fate.setdefault(fate, []).append(item.pk)
    for fate, ids in by_fate.items():
        BulkItem.objects.filter(pk__in=ids).update(fate=fate)
