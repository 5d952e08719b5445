"""Charts: what is drawn stays inside, in proportion, and is valid in every language."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import timezone, translation

from moderation.decision_statistics import Period
from moderation.desk.buckets import Buckets
from moderation.desk.charts import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Chart, Series
from moderation.desk.durations import duration


def chart(*series: list[float | None], is_stacked: bool = True) -> Chart:
    labels = [str(number) for number in range(len(series[0]))]
    return Chart(
        name="some",
        title="Some",
        description="Something",
        of="Hour",
        labels=labels,
        short=labels,
        series=[Series(f"s{place}", f"S{place}", each) for place, each in enumerate(series)],
        is_stacked=is_stacked,
    )


@pytest.mark.parametrize(
    ("highest", "values"),
    [
        (1, ["0", "1"]),
        (3, ["0", "1", "2", "3"]),
        (7, ["0", "2", "4", "6", "8"]),
        (42, ["0", "20", "40", "60"]),
        (401, ["0", "200", "400", "600"]),
        (1999, ["0", "500", "1,000", "1,500", "2,000"]),
    ],
)
def test_the_lines_behind_a_chart_are_at_round_numbers(highest: float, values: list[str]) -> None:
    with translation.override("en"):
        drawn = chart([0, highest])
        assert [line["label"] for line in drawn.grid] == values
    lowest, *_, highest_line = drawn.grid
    assert float(highest_line["y"]) >= TOP
    assert float(lowest["y"]) == HEIGHT - BOTTOM


def test_bars_stand_on_each_other_in_proportion() -> None:
    first, second, third = chart([4.0, 0.0], [2.0, 4.0]).bars
    assert float(first["height"]) == 2 * float(second["height"])
    assert float(first["y"]) == pytest.approx(float(second["y"]) + float(second["height"]), abs=0.2)
    assert float(third["y"]) + float(third["height"]) == pytest.approx(HEIGHT - BOTTOM, abs=0.2)


def test_nothing_is_drawn_outside() -> None:
    drawn = chart([float(number) for number in range(720)], is_stacked=False)
    (line,) = drawn.lines
    for x, y in (point.split(",") for point in line["points"].split()):
        assert LEFT <= float(x) <= WIDTH - RIGHT
        assert TOP <= float(y) <= HEIGHT - BOTTOM
    assert len(list(drawn.below)) <= 8


def test_every_midnight_of_a_week_by_the_hour_has_its_date() -> None:
    hours = Buckets(until_noon("2026-02-10", 7), by_hour=True).all
    short = [hour.short for hour in hours]
    week = replace(chart([1.0] * len(hours)), short=short)
    days = ["04.02", "05.02", "06.02", "07.02", "08.02", "09.02", "10.02"]
    assert [tick["label"] for tick in week.below] == days


def test_a_line_ends_where_the_values_end() -> None:
    (line,) = chart([1.0, 2.0, None], is_stacked=False).lines
    assert len(line["points"].split()) == 2


def test_attributes_have_no_decimal_comma_in_ukrainian() -> None:
    with translation.override("uk"):
        drawn = chart([1.0, 2.0, 3.0])
        (bar, *_) = drawn.bars
    assert "," not in "".join(str(value) for value in bar.values())


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (None, "—"),
        (0.52, "0.5 s"),
        (59, "59 s"),
        (150, "2 min"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (86_400, "1 d"),
        (100_000, "1 d 4 h"),
    ],
)
def test_durations_are_told_in_at_most_two_units(seconds: float | None, words: str) -> None:
    with translation.override("en"):
        assert duration(seconds) == words


def until_noon(date: str, days: int = 1) -> Period:
    return Period(days, timezone.make_aware(dt.datetime.fromisoformat(f"{date}T12:00")))


def test_a_day_on_which_the_clocks_change_has_25_or_23_hours() -> None:
    assert len(Buckets(until_noon("2026-10-25"), by_hour=True).all) == 25
    assert len(Buckets(until_noon("2026-03-29"), by_hour=True).all) == 23


def test_days_are_those_of_the_sites_time_zone() -> None:
    period = until_noon("2026-02-10", 7)
    days = Buckets(period, by_hour=False)
    assert [day.short for day in days.all][::6] == ["04.02", "10.02"]
    first = period.hours.start
    assert days.sums([(first, 2), (first + 23, 3), (first + 24, 4)])[:2] == [5, 4]
