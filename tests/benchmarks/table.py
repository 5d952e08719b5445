"""The printed table: what was measured on both sides, the ratio, the goal and whether it held."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

HEADINGS = ("what", "ours", "theirs", "ours / theirs", "goal", "held")
ABSENT = "-"


@dataclass(frozen=True)
class Goal:
    """A limit on our figure, or on its ratio to theirs."""

    limit: float
    at_least: bool = False
    of_ratio: bool = False

    def holds(self, value: float) -> bool:
        """Say whether a value keeps the goal; "under" leaves the limit itself out."""
        return value >= self.limit if self.at_least else value < self.limit


@dataclass(frozen=True)
class Row:
    """One thing measured, a figure a round on either side (none: not measured)."""

    what: str
    unit: str
    ours: Sequence[float]
    theirs: Sequence[float] = ()
    goal: Goal | None = None

    def ratio(self) -> float | None:
        """Return ours / theirs: the middle one of the rounds' ratios."""
        if not self.ours or not self.theirs:
            return None
        if len(self.ours) == len(self.theirs):
            return median(a / b for a, b in zip(self.ours, self.theirs, strict=True))
        return median(self.ours) / median(self.theirs)

    def held(self) -> bool | None:
        """Return whether the goal held; None if there is none or it could not be measured."""
        if self.goal is None:
            return None
        value = self.ratio() if self.goal.of_ratio else (median(self.ours) if self.ours else None)
        return None if value is None else self.goal.holds(value)


def number(value: float) -> str:
    """Write a figure with three figures or more, as people read it."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def figure(values: Sequence[float], unit: str) -> str:
    """Write the median, and between which figures the rounds lay."""
    if not values:
        return ABSENT
    middle, low, high = (number(value) for value in (median(values), min(values), max(values)))
    spread = "" if low == high else f" ({low}-{high})"
    return f"{middle} {unit}{spread}"


def _goal(row: Row) -> str:
    if row.goal is None:
        return ABSENT
    unit = "x" if row.goal.of_ratio else f" {row.unit}"
    return f"{'at least' if row.goal.at_least else 'under'} {number(row.goal.limit)}{unit}"


def _held(row: Row) -> str:
    if row.goal is None:
        return ABSENT
    return {True: "yes", False: "NO", None: "not measured"}[row.held()]


def cells(row: Row) -> tuple[str, ...]:
    """Return the row as it is printed."""
    ratio = row.ratio()
    return (
        row.what,
        figure(row.ours, row.unit),
        figure(row.theirs, row.unit),
        ABSENT if ratio is None else f"{number(ratio)}x",
        _goal(row),
        _held(row),
    )


def table(rows: Sequence[Row]) -> str:
    """Return the rows under their headings, in columns."""
    lines = [HEADINGS, *(cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def missed(rows: Sequence[Row]) -> list[str]:
    """Return what did not hold its goal."""
    return [row.what for row in rows if row.held() is False]
