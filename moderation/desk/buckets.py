"""The parts of a period by which charts show it: hours or days of the site's time zone."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.timezone import localtime

from moderation.decision_statistics import Period
from moderation.models.hours import beginning, hour_of


@dataclass(frozen=True)
class Bucket:
    """Whole hours, up to and including the last; `short` is empty if there is no place for it."""

    label: str
    short: str
    last: int


@dataclass(frozen=True)
class Buckets:
    """A period in order: its hours if `by_hour`, else its days. A day may have 23 or 25 hours."""

    period: Period
    by_hour: bool

    @cached_property
    def all(self) -> list[Bucket]:
        return [self._hour(hour) for hour in self._hours()] if self.by_hour else self._days()

    @cached_property
    def _place(self) -> Mapping[int, int]:
        """The number of the bucket that each hour belongs to."""
        if self.by_hour:
            return {bucket.last: place for place, bucket in enumerate(self.all)}
        first = self.period.start.date()
        return {hour: (at.date() - first).days for hour, at in self.period.local.items()}

    def sums(self, counted: Iterable[tuple[int, int]]) -> list[float]:
        """Add up what was counted by hour."""
        found = [0.0] * len(self.all)
        for hour, number in counted:
            if hour in self._place:
                found[self._place[hour]] += number
        return found

    def at_the_end(self, by_hour: Mapping[int, float]) -> list[float | None]:
        """Return the value of the last hour of each bucket, or of the present hour in it."""
        now = self.period.hours[-1]
        started = self.period.hours.start
        ends = (
            bucket.last if bucket.last <= now else now if self._is_now(place) else None
            for place, bucket in enumerate(self.all)
        )
        return [by_hour.get(end) if end is not None and end >= started else None for end in ends]

    def _is_now(self, place: int) -> bool:
        return self._place.get(self.period.hours[-1]) == place

    def _hours(self) -> range:
        """Today to its end, or all hours until now."""
        if self.period.days > 1:
            return self.period.hours
        tomorrow = self.period.start.date() + dt.timedelta(days=1)
        midnight = dt.datetime.combine(tomorrow, dt.time(), self.period.start.tzinfo)
        return range(self.period.hours.start, hour_of(midnight))

    def _hour(self, hour: int) -> Bucket:
        moment = localtime(beginning(hour))
        clock = date_format(moment, "H:i")
        if self.period.days == 1:
            return Bucket(clock, date_format(moment, "H"), hour)
        day = date_format(moment, "d.m")
        return Bucket(f"{day} {clock}", day if clock == "00:00" else "", hour)

    def _days(self) -> list[Bucket]:
        last: dict[dt.date, int] = {}
        for hour, moment in self.period.local.items():
            last[moment.date()] = hour
        return [
            Bucket(date_format(day, "j E"), date_format(day, "d.m"), hour)
            for day, hour in last.items()
        ]
