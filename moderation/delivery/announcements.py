"""Which decisions are told to others, and when: none that a moderator undid in time.

A moderator's decision is told when its undo has expired, and only if no other decision on the
comment was made until then; what nobody can undo so easily is told at once. A decision that leads
back to what was told last is not told again, and one that leaves a comment published does not
count. All this follows from the decisions themselves, which are never changed, so nothing has to
be remembered about what was told.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from django.utils import timezone

from comments.models import Status
from moderation.actors import ActorKind
from moderation.models import STAYS_PUBLISHED, Decision, undo_time
from moderation.policy.verdict import Outcome
from moderation.transitions import STATUS_AFTER

# A decision that was made just before the end of an undo may be committed a little later.
COMMIT_TIME = dt.timedelta(seconds=60)
# What an author is told by mail: the end of the waiting.
_FINAL = frozenset({Status.PUBLISHED, Status.REJECTED})


@dataclass(frozen=True)
class Told:
    """A decision as others hear of it."""

    decision: int
    status: Status
    reason: str
    own_reason: int | None
    revision: int
    made_at: dt.datetime
    by: str
    # How often the author had appealed before it: each time there is an answer, be it the same.
    appeals: int = 0

    @property
    def replaced_until(self) -> dt.datetime:
        """Another decision that is made before then is told in its place."""
        return self.made_at + (undo_time() if self.by == ActorKind.PERSON else dt.timedelta())

    @property
    def for_author(self) -> tuple[object, ...]:
        """What the author hears of it: why it was published does not matter to them."""
        why = (self.reason, self.own_reason) if self.status == Status.REJECTED else ()
        return (self.status, self.revision, self.appeals, *why)

    @property
    def for_others(self) -> tuple[object, ...]:
        return (self.status, self.revision, self.reason, self.own_reason)


def told_from(at: dt.datetime, by: str) -> dt.datetime:
    """Return when a decision of this time and kind of actor may be told at the earliest."""
    waits = undo_time()
    return at + waits + COMMIT_TIME if by == ActorKind.PERSON and waits else at


class Turn(Enum):
    """Whether it is time to tell others of a decision."""

    NOW = "now"
    LATER = "later"
    # It was undone or overtaken, or leads back to what was told before.
    NEVER = "never"


def turn_of(decision: Decision) -> Turn:
    """Return whether others hear of this decision now; a repetition gets the same answer."""
    if told_from(decision.created_at, decision.actor_kind) > timezone.now():
        return Turn.LATER
    last = latest(decision.comment_id)
    if last is None or last.decision != decision.pk:
        return Turn.NEVER
    if last.status != Status.PUBLISHED or decision.comment.status == Status.PUBLISHED:
        return Turn.NOW
    # What took it off the page may yet be undone, or is about to be told.
    decided = decision.comment.status in {Status.HELD, Status.REJECTED}
    return Turn.LATER if decided else Turn.NEVER


def turn_for_author(decision: Decision) -> Turn:
    """Return whether the author hears of this decision now."""
    if told_from(decision.created_at, decision.actor_kind) > timezone.now():
        return Turn.LATER
    last = latest_for_author(decision.comment_id)
    if last is None or last.decision != decision.pk:
        return Turn.NEVER
    now = decision.comment.status_for_author
    if now == last.status:
        return Turn.NOW
    return Turn.LATER if now in {Status.PENDING, Status.HELD, *_FINAL} else Turn.NEVER


def latest(comment: int) -> Told | None:
    """Return the last decision on a comment that others hear of by now, if any."""
    return _last(_standing(comment), lambda each: each.for_others)


def latest_for_author(comment: int) -> Told | None:
    """Return the last decision on a comment that its author is told by now, if any."""
    final = [each for each in _standing(comment) if each.status in _FINAL]
    return _last(final, lambda each: each.for_author)


def _standing(comment: int) -> list[Told]:
    """Return the decisions on a comment, oldest first, that nothing replaced before their time."""
    made = _decisions(comment)
    return [
        each
        for each, after in zip(made, [*made[1:], None], strict=True)
        if after is None or after.made_at >= each.replaced_until
    ]


def _last(standing: Iterable[Told], content: Callable[[Told], object]) -> Told | None:
    """Return the last that is due, or the first of several equal ones in a row."""
    now, last = timezone.now(), None
    for each in standing:
        is_new = last is None or content(last) != content(each)
        if is_new and told_from(each.made_at, each.by) <= now:
            last = each
    return last


def _decisions(comment: int) -> list[Told]:
    rows = Decision.objects.filter(comment=comment).exclude(STAYS_PUBLISHED).order_by("pk")
    values = ("pk", "outcome", "reason", "own_reason", "revision", "created_at", "actor_kind")
    made: list[Told] = []
    appeals = 0
    for pk, outcome, *rest in rows.values_list(*values):
        each = Told(pk, STATUS_AFTER[Outcome(outcome)], *rest)
        made.append(replace(each, appeals=appeals))
        appeals += each.by == ActorKind.AUTHOR
    return made
