"""The dashboard's sums of days that are over, kept so that a month is not counted again and again.

Decisions are never changed, so neither is what was counted of them. Only what became of held
comments changes, by later decisions: the days of these comments are counted again for that.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from moderation import decision_statistics as statistics
from moderation.actors import ActorKind
from moderation.decision_statistics import Cell, Change, Hold, Hours, Period, Span, Waits
from moderation.models import DayCount, Decision
from moderation.models.hours import beginning
from moderation.policy.verdict import Outcome

# Days before today that the longest period has.
KEPT_DAYS = 30
# A transaction writes its decisions at most so long after the time they have.
SETTLED_AFTER = dt.timedelta(minutes=15)
# How many waiting times of a kept day are kept.
MEASURED_A_DAY = 50

Sample = tuple[Sequence[float], int]


@dataclass
class Counted:
    """What the dashboard shows of some hours; each list of cells has what its use needs."""

    # By hour, outcome and status before, for new comments and the queue's length.
    flow: list[Cell] = field(default_factory=list)
    # By person and hour of the day: of kept days, the hours of one day stand for those of all.
    people: list[Cell] = field(default_factory=list)
    reasons: list[Cell] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    left: dict[int, dt.datetime] = field(default_factory=dict)
    holds: list[Hold] = field(default_factory=list)
    articles: Counter[int] = field(default_factory=Counter)
    service: list[Sample] = field(default_factory=list)
    persons: list[Sample] = field(default_factory=list)

    @property
    def service_waits(self) -> Waits:
        return Waits.of_samples(self.service)

    @property
    def person_waits(self) -> Waits:
        return Waits.of_samples(self.persons)

    def add(self, other: "Counted") -> None:
        self.flow += other.flow
        self.people += other.people
        self.reasons += other.reasons
        self.changes += other.changes
        self.left |= other.left
        self.holds += other.holds
        self.articles += other.articles
        self.service += other.service
        self.persons += other.persons


def counted(period: Period) -> Counted:
    """Return the sums of a period: of its days that are kept from there, of the others anew."""
    kept = {row.hours: row for row in DayCount.objects.filter(first__gte=period.hours.start)}
    outdated = _outdated(kept.values())
    found, people = Counted(), Counter[tuple[Any, ...]]()
    same_clock = _same_clock(period)
    for is_kept, days in groupby(_days(period), key=kept.__contains__):
        if not is_kept:
            some = list(days)
            found.add(count(Hours(range(some[0].start, some[-1].stop))))
            continue
        for hours in days:
            stored = kept[hours].counted
            day = _loaded(stored)
            if hours in outdated:
                day.holds = _summed_holds(Hours(hours))
            found.add(day)
            for hour, *kind, number in zip(*stored["people"], strict=True):
                people[same_clock[hour], *kind] += number
    found.people += [Cell._make((*kind, number)) for kind, number in people.items()]
    return found


def count(span: Span, measured: int | None = None) -> Counted:
    """Count what was decided in some hours."""
    cells = statistics.cells(span)
    firsts = sum(cell.number for cell in cells if cell.is_first)
    settled = sum(cell.number for cell in cells if cell.settles and cell.leaves_queue)
    return Counted(
        flow=_merged(cells, lambda each: each._replace(user=None, reason="", own_reason=None)),
        people=_merged(
            (each for each in cells if each.settles),
            lambda each: each._replace(reason="", own_reason=None),
        ),
        reasons=_merged(cells, lambda each: each._replace(hour=0, user=None)),
        changes=statistics.changes(span),
        left=statistics.oldest_left(span),
        holds=_summed_holds(span),
        articles=Counter(statistics.comments_by_article(span)),
        service=[(statistics.service_seconds(span, firsts, measured), firsts)],
        persons=[(statistics.person_seconds(span, settled, measured=measured), settled)],
    )


def keep_days() -> int:
    """Keep the sums of the days that are over; return how many were counted."""
    period, until = Period.last(KEPT_DAYS), _last_settled()
    kept = {row.hours: row for row in DayCount.objects.all()}
    outdated, made = _outdated(kept.values()), 0
    for hours in _days(period):
        is_over = beginning(hours.stop) < timezone.now() - SETTLED_AFTER
        if is_over and (hours not in kept or hours in outdated):
            values = {"last": hours[-1], "counted": _stored(hours), "last_decision": until}
            DayCount.objects.update_or_create(first=hours.start, defaults=values)
            made += 1
    DayCount.objects.filter(last_decision__lt=until).update(last_decision=until)
    DayCount.objects.filter(first__lt=period.hours.start).delete()
    return made


def _days(period: Period) -> list[range]:
    """Return the hours of each day of a period; today's have not all begun."""
    by_day = groupby(period.hours, key=lambda hour: period.local[hour].date())
    return [range((whole := list(hours))[0], whole[-1] + 1) for _day, hours in by_day]


def _same_clock(period: Period) -> dict[int, int]:
    """Return for each hour the latest one of the same time of day."""
    latest = {moment.hour: hour for hour, moment in period.local.items()}
    return {hour: latest[moment.hour] for hour, moment in period.local.items()}


def _outdated(kept: Iterable[DayCount]) -> set[range]:
    """Return the days with comments held on them about which was decided since."""
    days = list(kept)
    if not days:
        return set()
    since = Decision.objects.filter(pk__gt=min(day.last_decision for day in days))
    held = Decision.objects.filter(
        comment__in=since.values("comment"),
        actor_kind=ActorKind.POLICY,
        outcome=Outcome.HOLD,
    )
    hours = set(held.values_list("hour", flat=True))
    return {day.hours for day in days if not hours.isdisjoint(day.hours)}


def _last_settled() -> int:
    """Return the number of a decision before which no transaction can write one any more."""
    settled = Decision.objects.filter(created_at__lt=timezone.now() - SETTLED_AFTER)
    return settled.order_by("-pk").values_list("pk", flat=True).first() or 0


def _merged(cells: Iterable[Cell], without: Callable[[Cell], Cell]) -> list[Cell]:
    """Add up the cells that are the same without some of what they have."""
    numbers: Counter[Cell] = Counter()
    for cell in cells:
        numbers[without(cell)._replace(number=0)] += cell.number
    return [cell._replace(number=number) for cell, number in numbers.items()]


def _summed_holds(span: Span) -> list[Hold]:
    """Return what was held by reason, then by article."""
    numbers: Counter[Hold] = Counter()
    for hold in statistics.holds(span):
        numbers[hold._replace(article=0, number=0)] += hold.number
        numbers[hold._replace(reason="", number=0)] += hold.number
    return [hold._replace(number=number) for hold, number in numbers.items()]


def _stored(hours: range) -> dict[str, Any]:
    day = count(Hours(hours), MEASURED_A_DAY)
    lists = ("flow", "people", "reasons", "changes", "holds")
    return {
        **{name: _columns(getattr(day, name)) for name in lists},
        "left": [[hour, at.isoformat()] for hour, at in day.left.items()],
        "articles": _columns(day.articles.items()),
        "service": day.service,
        "persons": day.persons,
    }


def _columns(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Turn a table: reading a few long lists is faster than reading many short ones."""
    return list(zip(*rows, strict=True))


def _loaded(stored: dict[str, Any]) -> Counted:
    """Return the sums of a day without its people, which are added up over the days."""
    left = {hour: parse_datetime(at) for hour, at in stored["left"]}
    return Counted(
        **{name: _rows(Cell, stored[name]) for name in ("flow", "reasons")},
        changes=_rows(Change, stored["changes"]),
        holds=_rows(Hold, stored["holds"]),
        left={hour: at for hour, at in left.items() if at},
        articles=Counter(dict(_rows(_pair, stored["articles"]))),
        service=stored["service"],
        persons=stored["persons"],
    )


def _rows(kind: Callable[..., Any], columns: list[Any]) -> list[Any]:
    return list(map(kind, *columns)) if columns else []


def _pair(key: int, value: int) -> tuple[int, int]:
    return key, value
