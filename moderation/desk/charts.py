"""Charts as SVG without a library: stacked bars, and lines. Templates draw what is computed here.

The view box is as wide as a phone, so that letters are readable there; wider screens enlarge it.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import number_format

WIDTH, HEIGHT = 380, 190
LEFT, RIGHT, TOP, BOTTOM = 48, 8, 10, 24
# How wide a label such as 29.11 is, which must not be cut off at the edge.
LABEL = 34
# At most so many labels fit below the chart, and about so many lines behind it.
MAX_LABELS, GRID_LINES = 8, 4
# The part of its place that a bar takes.
BAR = 0.74


def whole(value: float) -> str:
    return str(number_format(round(value), force_grouping=True))


@dataclass(frozen=True)
class Series:
    """The values of one colour, pattern or dash; None where there is none."""

    # The style: a class in dashboard.css, and a pattern in chart_patterns.html.
    style: str
    label: Any
    values: Sequence[float | None]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart, with the same values for a table."""

    name: str
    title: Any
    description: str
    # The heading of the table's first column, and its rows.
    of: Any
    labels: Sequence[str]
    # Short ones, below the chart.
    short: Sequence[str]
    series: Sequence[Series]
    # Whether the values of a label are put on top of each other, or are points of lines.
    is_stacked: bool = True
    shown: Callable[[float], str] = whole

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH} {HEIGHT}"

    @property
    def is_empty(self) -> bool:
        return not any(value for one in self.series for value in one.values)

    @property
    def rows(self) -> Iterator[tuple[str, list[str]]]:
        """The rows of the table."""
        for place, label in enumerate(self.labels):
            values = [one.values[place] for one in self.series]
            yield label, ["—" if value is None else self.shown(value) for value in values]

    @property
    def grid(self) -> Iterator[dict[str, Any]]:
        """The lines behind the chart, with their values."""
        for number in range(round(self._top / self._step) + 1):
            value = number * self._step
            yield {"y": self._y(value), "x": LEFT, "to": WIDTH - RIGHT, "label": self.shown(value)}

    @property
    def below(self) -> Iterator[dict[str, Any]]:
        marked = [place for place, label in enumerate(self.short) if label]
        for place in marked[:: math.ceil(len(marked) / MAX_LABELS)]:
            label = self.short[place]
            middle = min(self._middle(place), WIDTH - LABEL / 2)
            yield {"x": _tenth(middle), "y": HEIGHT - 7, "label": label}

    @property
    def bars(self) -> Iterator[dict[str, Any]]:
        width = self._place * BAR
        for place in range(len(self.labels)):
            under = 0.0
            for one in self.series:
                value = one.values[place] or 0.0
                if value:
                    yield {
                        "style": one.style,
                        "x": _tenth(self._middle(place) - width / 2),
                        "y": self._y(under + value),
                        "width": _tenth(width),
                        "height": _tenth(self._scaled(value)),
                    }
                under += value

    @property
    def lines(self) -> Iterator[dict[str, Any]]:
        for one in self.series:
            points = [
                f"{_tenth(self._middle(place))},{self._y(value)}"
                for place, value in enumerate(one.values)
                if value is not None
            ]
            yield {"style": one.style, "points": " ".join(points)}

    @cached_property
    def _step(self) -> float:
        return _round_step(self._highest / GRID_LINES)

    @property
    def _top(self) -> float:
        return max(1, math.ceil(self._highest / self._step)) * self._step

    @property
    def _highest(self) -> float:
        columns = zip(*(one.values for one in self.series), strict=True)
        heights = ([value or 0.0 for value in column] for column in columns)
        together: Callable[[list[float]], float] = sum if self.is_stacked else max
        return max((together(each) for each in heights), default=0.0)

    @property
    def _place(self) -> float:
        return (WIDTH - LEFT - RIGHT) / max(1, len(self.labels))

    def _middle(self, place: int) -> float:
        return LEFT + self._place * (place + 0.5)

    def _scaled(self, value: float) -> float:
        return value / self._top * (HEIGHT - TOP - BOTTOM)

    def _y(self, value: float) -> str:
        return _tenth(HEIGHT - BOTTOM - self._scaled(value))


def _round_step(least: float) -> float:
    """Return the next of 1, 2, 5, 10, 20, 50 and so on that is not below `least`."""
    if least <= 1:
        return 1.0
    power: float = 10.0 ** math.floor(math.log10(least))
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= least)


def _tenth(value: float) -> str:
    """Format for an SVG attribute, in which a decimal comma would be invalid."""
    return f"{value:.1f}"
