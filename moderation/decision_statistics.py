"""What was decided in a period, by whom, how fast, and what was changed later: a few queries each.

Decisions are never changed, so all of it is counted from them, in the hours in which they were
made. `moderation.models.Decision` has an index that holds all that is read here.
"""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from comments.models import Comment, Status
from moderation.accounts.models import User
from moderation.actors import ActorKind
from moderation.models import Act, Decision
from moderation.models.hours import beginning, hour_of
from moderation.policy.verdict import Outcome, Reason
from moderation.transitions import STATUS_AFTER

# Waiting times are measured on about this many decisions, spread evenly over the period.
MEASURED = 1000
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


class Cell(NamedTuple):
    """How many decisions of one kind were made in one hour."""

    hour: int
    actor: str
    user: int | None
    outcome: str
    from_status: str
    reason: str
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


def cells(period: Period, user: User | None = None) -> list[Cell]:
    """Return the period's decisions, counted; with `user`, only theirs."""
    names = ("hour", "actor_kind", "user", "outcome", "from_status", "reason")
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
        ordered = sorted(seconds)
        if not ordered:
            return cls(decisions=decisions)
        return cls(_rank(ordered, 0.5), _rank(ordered, 0.95), len(ordered), decisions)


def service_waits(period: Period, decisions: int) -> Waits:
    """Return how long comments waited for their first decision, from their submission."""
    first = _decisions(period).filter(from_status=Status.PENDING)
    times = _some(first, decisions).values_list("created_at", "revision__created_at")
    return Waits.of(_seconds(times), decisions)


def person_waits(period: Period, decisions: int, user: User | None = None) -> Waits:
    """Return how long comments waited in the queue for a person, since the decision before."""
    settled = _decisions(period, user).filter(
        actor_kind=ActorKind.PERSON,
        from_status=Status.HELD,
        outcome__in=(Outcome.PUBLISH, Outcome.REJECT),
    )
    held_at = Subquery(_previous().values("created_at")[:1])
    times = _some(settled, decisions).values_list("created_at", held_at)
    return Waits.of(_seconds(times), decisions)


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


def oldest_left(period: Period) -> dict[int, dt.datetime]:
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


def changes(period: Period, user: User | None = None) -> list[Change]:
    """Return the decisions of people that changed what had been decided.

    With `user`, those that changed or undid the user's own decisions.
    """
    before = _previous()
    earlier_by, earlier_hour = (Subquery(before.values(name)[:1]) for name in ("user", "hour"))
    decided = (Status.PUBLISHED, Status.REJECTED)
    later = _decisions(period).filter(actor_kind=ActorKind.PERSON, from_status__in=decided)
    same = Q(outcome=Outcome.PUBLISH, from_status=Status.PUBLISHED)
    same |= Q(outcome=Outcome.REJECT, from_status=Status.REJECTED)
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


def holds(period: Period) -> list[Hold]:
    """Return what the service held, without what nobody judged because it was erased or expired."""
    held = _decisions(period).filter(actor_kind=ActorKind.POLICY, outcome=Outcome.HOLD)
    judged = held.exclude(comment__reason__in=_UNJUDGED)
    found = judged.values_list("reason", "comment__article", "comment__status")
    return list(map(Hold._make, found.annotate(Count("comment"))))


def busiest_articles(period: Period) -> list[tuple[int, int]]:
    """Return the articles with most comments in the period, each with their number."""
    since = Comment.objects.filter(created_at__gte=period.start).order_by()
    counted = since.values_list("article").annotate(number=Count("pk"))
    return list(counted.order_by("-number", "article")[:HOT])


def comments_on(articles: Iterable[int], period: Period) -> dict[int, int]:
    """Return how many comments these articles got in the period."""
    since = Comment.objects.filter(article__in=articles, created_at__gte=period.start).order_by()
    return dict(since.values_list("article").annotate(Count("pk")))


def _decisions(period: Period, user: User | None = None) -> QuerySet[Any]:
    found = Decision.objects.filter(hour__gte=period.hours.start).order_by()
    return found.filter(actor_kind=ActorKind.PERSON, user=user) if user else found


def _previous() -> QuerySet[Any]:
    """The decision before one, in a subquery of decisions."""
    earlier = Decision.objects.filter(comment=OuterRef("comment"), pk__lt=OuterRef("pk"))
    return earlier.order_by("-pk")


def _some(decisions: QuerySet[Any], total: int) -> QuerySet[Any]:
    """Every n-th of the decisions by its number, so that about `MEASURED` remain."""
    every = max(1, total // MEASURED)
    return decisions.alias(rest=F("pk") % every).filter(rest=0) if every > 1 else decisions


def _seconds(times: Iterable[tuple[dt.datetime, dt.datetime | None]]) -> list[float]:
    return [max(0.0, (end - begun).total_seconds()) for end, begun in times if begun]


def _rank(ordered: Sequence[float], share: float) -> float:
    """Return the value that this share of all does not exceed."""
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]
