"""What was decided in a period, by whom, how fast, and what was changed later: a few queries each.

Decisions are never changed, so all of it is counted from them, in the hours in which they were
made; `moderation.day_counts` keeps the sums of days that are over. `moderation.models.Decision` has
an index that holds all that is read here.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple, Protocol

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from comments.models import Comment, Status
from moderation.accounts.models import User
from moderation.actors import ActorKind
from moderation.models import STAYS_PUBLISHED, Act, Decision
from moderation.models.hours import beginning, hour_of
from moderation.policy.verdict import Outcome, Reason
from moderation.transitions import STATUS_AFTER

# Waiting times are measured on about this many decisions, spread evenly over the period.
MEASURED = 1000
# Sums of weights differ by less than this from what they should be.
_ROUNDING = 1e-9
# The articles that are listed, in each of the two orders.
HOT = 8
# The outcomes that settle a comment, each with the statuses in which it was not so before.
_SETTLING = {
    (outcome, status)
    for outcome in (Outcome.PUBLISH, Outcome.REJECT)
    for status in Status
    if STATUS_AFTER[outcome] != status
}
# Nobody judged these texts.
_UNJUDGED = (Reason.ERASED, Reason.EXPIRED, Reason.PROBE)


@dataclass(frozen=True)
class Period:
    """The last days up to now, today included, from a midnight of the site's time zone."""

    days: int
    now: dt.datetime

    @classmethod
    def last(cls, days: int) -> "Period":
        return cls(days, timezone.localtime())

    @cached_property
    def start(self) -> dt.datetime:
        day = self.now.date() - dt.timedelta(days=self.days - 1)
        return timezone.make_aware(dt.datetime.combine(day, dt.time()))

    @property
    def hours(self) -> range:
        return range(hour_of(self.start), hour_of(self.now) + 1)

    @cached_property
    def local(self) -> dict[int, dt.datetime]:
        """The beginning of each hour in the site's time zone."""
        return {hour: timezone.localtime(beginning(hour)) for hour in self.hours}


class Span(Protocol):
    """Some hours: a period, or one of its days."""

    @property
    def hours(self) -> range: ...


@dataclass(frozen=True)
class Hours:
    """Whole hours, by their numbers."""

    hours: range


class Cell(NamedTuple):
    """How many decisions of one kind were made in one hour."""

    hour: int
    actor: str
    user: int | None
    outcome: str
    from_status: str
    reason: str
    # The site's own reason, which counts as `reason`.
    own_reason: int | None
    number: int

    @property
    def is_first(self) -> bool:
        return self.from_status == Status.PENDING

    @property
    def is_by_person(self) -> bool:
        return self.actor == ActorKind.PERSON

    @property
    def enters_queue(self) -> bool:
        return self.outcome == Outcome.HOLD and self.from_status != Status.HELD

    @property
    def leaves_queue(self) -> bool:
        return self.from_status == Status.HELD and self.outcome != Outcome.HOLD

    @property
    def settles(self) -> bool:
        """Whether a person published or rejected what was not so before."""
        return self.is_by_person and (self.outcome, self.from_status) in _SETTLING


def cells(period: Span, user: User | None = None) -> list[Cell]:
    """Return the period's decisions, counted; with `user`, only theirs."""
    names = ("hour", "actor_kind", "user", "outcome", "from_status", "reason", "own_reason")
    counted = _decisions(period, user).values_list(*names).annotate(Count("comment"))
    return list(map(Cell._make, counted))


@dataclass(frozen=True)
class Waits:
    """The time to a decision in seconds, measured on some of all; None if there were none."""

    median: float | None = None
    p95: float | None = None
    measured: int = 0
    decisions: int = 0

    @classmethod
    def of(cls, seconds: Iterable[float], decisions: int) -> "Waits":
        return cls.of_samples([([*seconds], decisions)])

    @classmethod
    def of_samples(cls, samples: Iterable[tuple[Sequence[float], int]]) -> "Waits":
        """Join samples; each stands for a number of decisions."""
        weighed, decisions = [], 0
        for seconds, number in samples:
            weighed += [(each, number / len(seconds)) for each in seconds]
            decisions += number
        if not weighed:
            return cls(decisions=decisions)
        weighed.sort()
        passed = list(accumulate(weight for _seconds, weight in weighed))
        median, p95 = (weighed[_place(passed, share)][0] for share in (0.5, 0.95))
        return cls(median, p95, len(weighed), decisions)


def service_waits(period: Period, decisions: int) -> Waits:
    """Return how long comments waited for their first decision, from their submission."""
    return Waits.of(service_seconds(period, decisions), decisions)


def service_seconds(period: Span, decisions: int, measured: int | None = None) -> list[float]:
    """Return the waiting times of about `measured` of these decisions, in seconds."""
    first = _decisions(period).filter(from_status=Status.PENDING)
    some = _some(first, decisions, measured)
    return _seconds(some.values_list("created_at", "revision__created_at"))


def person_waits(period: Period, decisions: int, user: User | None = None) -> Waits:
    """Return how long comments waited in the queue for a person, since the decision before."""
    return Waits.of(person_seconds(period, decisions, user), decisions)


def person_seconds(
    period: Span, decisions: int, user: User | None = None, measured: int | None = None
) -> list[float]:
    """Return the waiting times of about `measured` of these decisions, in seconds."""
    settled = _decisions(period, user).filter(
        actor_kind=ActorKind.PERSON,
        from_status=Status.HELD,
        outcome__in=(Outcome.PUBLISH, Outcome.REJECT),
    )
    held_at = Subquery(_previous().values("created_at")[:1])
    return _seconds(_some(settled, decisions, measured).values_list("created_at", held_at))


@dataclass(frozen=True)
class QueueNow:
    """How many comments wait for a person, and since when the oldest was submitted."""

    waiting: int
    oldest: dt.datetime | None


def queue_now() -> QueueNow:
    found = Comment.objects.held().aggregate(waiting=Count("pk"), oldest=Min("created_at"))
    return QueueNow(found["waiting"], found["oldest"])


def decided_since(start: dt.datetime, user: User) -> int:
    """Return how many decisions a moderator has made since then, undoing not counted."""
    own = Decision.objects.filter(hour__gte=hour_of(start), actor_kind=ActorKind.PERSON, user=user)
    return own.filter(created_at__gte=start, act__undoes=None).count()


def oldest_left(period: Span) -> dict[int, dt.datetime]:
    """Return the submission of the oldest comment that left the queue, by the hour it left."""
    left = _decisions(period).filter(from_status=Status.HELD).exclude(outcome=Outcome.HOLD)
    return dict(left.values_list("hour").annotate(Min("comment__created_at")))


class Change(NamedTuple):
    """A person's decision against an earlier one, and the earlier one."""

    by: int
    hour: int
    outcome: str
    # The earlier act that it undoes, if it is an undo.
    undoes: int | None
    earlier_by: int | None
    earlier_hour: int | None


def changes(period: Span, user: User | None = None) -> list[Change]:
    """Return the decisions of people that changed what had been decided.

    With `user`, those that changed or undid the user's own decisions.
    """
    before = _previous()
    earlier_by, earlier_hour = (Subquery(before.values(name)[:1]) for name in ("user", "hour"))
    decided = (Status.PUBLISHED, Status.REJECTED)
    later = _decisions(period).filter(actor_kind=ActorKind.PERSON, from_status__in=decided)
    same = STAYS_PUBLISHED | Q(outcome=Outcome.REJECT, from_status=Status.REJECTED)
    undoes = Subquery(Act.objects.filter(pk=OuterRef("act")).values("undoes")[:1])
    found = later.exclude(same).values_list(
        "user", "hour", "outcome", undoes, earlier_by, earlier_hour
    )
    return [
        row
        for row in map(Change._make, found)
        if user is None or user.pk in (row.earlier_by, row.by)
    ]


class Hold(NamedTuple):
    """How many comments the service held in the period, and what became of them."""

    reason: str
    article: int
    status: str
    number: int


def holds(period: Span) -> list[Hold]:
    """Return what the service held, without what nobody judged because it was erased or expired."""
    held = _decisions(period).filter(actor_kind=ActorKind.POLICY, outcome=Outcome.HOLD)
    judged = held.exclude(comment__reason__in=_UNJUDGED)
    found = judged.values_list("reason", "comment__article", "comment__status")
    return list(map(Hold._make, found.annotate(Count("comment"))))


def comments_by_article(period: Span) -> dict[int, int]:
    """Return how many comments each article got."""
    start, end = beginning(period.hours.start), beginning(period.hours.stop)
    found = Comment.objects.filter(created_at__gte=start, created_at__lt=end).order_by()
    # As an expression, so that SQLite reads the times in their index, not every article in another.
    by_article = found.annotate(on=F("article") + 0).values_list("on")
    return dict(by_article.annotate(Count("pk")))


def busiest(comments: Mapping[int, int]) -> list[int]:
    """Return the articles with most comments."""
    return sorted(comments, key=lambda pk: (-comments[pk], pk))[:HOT]


def _decisions(period: Span, user: User | None = None) -> QuerySet[Any]:
    hours = period.hours
    made = Decision.objects.filter(hour__gte=hours.start, hour__lt=hours.stop).order_by()
    # What was brought along was decided elsewhere.
    found = made.exclude(actor_kind=ActorKind.IMPORT)
    return found.filter(actor_kind=ActorKind.PERSON, user=user) if user else found


def _previous() -> QuerySet[Any]:
    """The decision before one, in a subquery of decisions."""
    earlier = Decision.objects.filter(comment=OuterRef("comment"), pk__lt=OuterRef("pk"))
    return earlier.order_by("-pk")


def _some(decisions: QuerySet[Any], total: int, measured: int | None) -> QuerySet[Any]:
    """Every n-th of the decisions by its number, so that about `measured` remain."""
    every = max(1, total // (measured or MEASURED))
    return decisions.alias(rest=F("pk") % every).filter(rest=0) if every > 1 else decisions


def _seconds(times: Iterable[tuple[dt.datetime, dt.datetime | None]]) -> list[float]:
    return [max(0.0, (end - begun).total_seconds()) for end, begun in times if begun]


def _place(passed: Sequence[float], share: float) -> int:
    """Return the place at which this share of all weights is passed, given their sums so far."""
    return bisect_left(passed, passed[-1] * share * (1 - _ROUNDING))
