"""The printed table: the figures of both sides, the ratio, the goal and whether it was met."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

HEADINGS = ("what", "ours", "theirs", "ours / theirs", "goal", "met")
ABSENT = "-"


@dataclass(frozen=True)
class Goal:
    """A limit for our figure, or for its ratio to theirs."""

    limit: float
    at_least: bool = False
    of_ratio: bool = False

    def is_met_by(self, value: float) -> bool:
        """Return whether a value meets the goal; "under" excludes the limit itself."""
        return value >= self.limit if self.at_least else value < self.limit


@dataclass(frozen=True)
class Row:
    """One thing measured, with a figure per round and side (none: not measured)."""

    what: str
    unit: str
    ours: Sequence[float]
    theirs: Sequence[float] = ()
    goal: Goal | None = None

    def ratio(self) -> float | None:
        """Return ours / theirs: the median of the rounds' ratios."""
        if not self.ours or not self.theirs:
            return None
        if len(self.ours) == len(self.theirs):
            return median(a / b for a, b in zip(self.ours, self.theirs, strict=True))
        return median(self.ours) / median(self.theirs)

    def goal_met(self) -> bool | None:
        """Return whether the goal was met; None if there is none or it was not measured."""
        if self.goal is None:
            return None
        value = self.ratio() if self.goal.of_ratio else (median(self.ours) if self.ours else None)
        return None if value is None else self.goal.is_met_by(value)


def number(value: float) -> str:
    """Format a figure with at least three digits, for people."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def figure(values: Sequence[float], unit: str) -> str:
    """Format the median, and the lowest and highest of the rounds."""
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


def _met(row: Row) -> str:
    if row.goal is None:
        return ABSENT
    return {True: "yes", False: "NO", None: "not measured"}[row.goal_met()]


def cells(row: Row) -> tuple[str, ...]:
    """Return the row as printed."""
    ratio = row.ratio()
    return (
        row.what,
        figure(row.ours, row.unit),
        figure(row.theirs, row.unit),
        ABSENT if ratio is None else f"{number(ratio)}x",
        _goal(row),
        _met(row),
    )


def table(rows: Sequence[Row]) -> str:
    """Return the rows with headings, in columns."""
    lines = [HEADINGS, *(cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def missed(rows: Sequence[Row]) -> list[str]:
    """Return the rows that missed their goals."""
    return [row.what for row in rows if row.goal_met() is False]
