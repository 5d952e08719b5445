"""The dashboard's charts: comments by outcome, the queue's length, the age of its oldest."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from moderation.decision_statistics import Cell, Period, QueueNow
from moderation.desk.buckets import Buckets
from moderation.desk.charts import Chart, Series, whole
from moderation.desk.figures import oldest_ages, queue_lengths
from moderation.policy.verdict import Outcome

# Lines are drawn by the hour for so many days, and by the day for longer periods.
HOURLY_DAYS = 7


def comments(period: Period, cells: Sequence[Cell]) -> Chart:
    """New comments, by what the service did with them."""
    series = {
        Outcome.PUBLISH: _("published at once"),
        Outcome.HOLD: _("held for a moderator"),
        Outcome.REJECT: _("rejected by the service"),
    }
    title = _("New comments by hour") if period.days == 1 else _("New comments by day")
    return _bars("comments", title, period, [cell for cell in cells if cell.is_first], series)


def own_decisions(period: Period, cells: Sequence[Cell]) -> Chart:
    series = {Outcome.PUBLISH: _("published"), Outcome.REJECT: _("rejected")}
    title = _("Your decisions by hour") if period.days == 1 else _("Your decisions by day")
    return _bars("own", title, period, [cell for cell in cells if cell.settles], series)


def queue_length(period: Period, cells: Sequence[Cell], waiting: int) -> Chart:
    lengths = queue_lengths(period, cells, waiting)
    return _line("queue", _("Comments waiting in the queue"), period, lengths)


def queue_age(period: Period, left: Mapping[int, dt.datetime], now: QueueNow) -> Chart:
    ages = oldest_ages(period, left, now)
    return _line("age", _("Age of the oldest comment in the queue, in hours"), period, ages)


def _bars(
    name: str, title: str, period: Period, cells: Sequence[Cell], series: Mapping[Outcome, str]
) -> Chart:
    buckets = Buckets(period, by_hour=period.days == 1)
    values = {
        outcome: buckets.sums((c.hour, c.number) for c in cells if c.outcome == outcome)
        for outcome in series
    }
    sums = [f"{label}: {whole(sum(values[outcome]))}" for outcome, label in series.items()]
    return Chart(
        name=name,
        title=title,
        description=_("Together %(sums)s.") % {"sums": ", ".join(sums)},
        of=_("Hour") if period.days == 1 else _("Day"),
        labels=[each.label for each in buckets.all],
        short=[each.short for each in buckets.all],
        series=[Series(outcome.value, label, values[outcome]) for outcome, label in series.items()],
    )


def _line(name: str, title: str, period: Period, by_hour: Mapping[int, float]) -> Chart:
    buckets = Buckets(period, by_hour=period.days <= HOURLY_DAYS)
    values = buckets.at_the_end(by_hour)
    known = [value for value in values if value is not None]
    shown = _one_digit if name == "age" else whole
    highest = buckets.all[values.index(max(known))].label
    facts = {"most": shown(max(known)), "when": highest, "now": shown(known[-1])}
    return Chart(
        name=name,
        title=title,
        description=_("At most %(most)s (%(when)s); %(now)s at the end.") % facts,
        of=_("At the end of the hour") if buckets.by_hour else _("At the end of the day"),
        labels=[each.label for each in buckets.all],
        short=[each.short for each in buckets.all],
        series=[Series("line", title, values)],
        is_stacked=False,
        shown=shown,
    )


def _one_digit(value: float) -> str:
    return str(number_format(f"{value:.1f}"))
