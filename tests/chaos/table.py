"""The printed tables: acceptance and decision times by fault, and the goals."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.chaos.plan import NO_FAULT
from tests.chaos.readers import Attempt
from tests.chaos.reconcile import Fate

HEADINGS = (
    "while",
    "accepted",
    "p50 ms",
    "p95 ms",
    "max ms",
    "refused",
    "decided in p50 s",
    "p95 s",
    "max s",
    "answers of the refused",
)


@dataclass(frozen=True)
class Goal:
    """A kind of violation, and how many were found."""

    what: str
    found: int
    note: str = ""


def by_fault(attempts: Sequence[Attempt], found: dict[int, Fate]) -> str:
    names = dict.fromkeys([NO_FAULT, *(each.fault for each in attempts)])
    lines = [
        _line(name, [each for each in attempts if each.fault == name], found) for name in names
    ]
    return columns([HEADINGS, *lines, _line("all", attempts, found)])


def goals(rows: Iterable[Goal]) -> str:
    lines = [
        (row.what, str(row.found), "0", "yes" if not row.found else "NO", row.note) for row in rows
    ]
    return columns([("what must not be", "found", "goal", "held", ""), *lines])


def _line(name: str, attempts: Sequence[Attempt], found: dict[int, Fate]) -> tuple[str, ...]:
    taken = [each.seconds * 1000 for each in attempts if each.acknowledged]
    waited = [
        seconds
        for each in attempts
        if each.acknowledged and (seconds := waiting(found.get(each.acknowledged.id))) is not None
    ]
    refused = Counter(each.answer for each in attempts if not each.acknowledged)
    answers = ", ".join(f"{answer} x{number}" for answer, number in refused.most_common(4))
    return (
        name,
        f"{len(taken):,}",
        *(f"{value:,.0f}" for value in spread(taken)),
        f"{refused.total():,}",
        *(f"{value:,.2f}" for value in spread(waited)),
        answers or "-",
    )


def waiting(fate: Fate | None) -> float | None:
    """Return the seconds from submission to decision; None if there is none yet."""
    if fate is None or fate.decided_at is None:
        return None
    return (moment(fate.decided_at) - moment(fate.created_at)).total_seconds()


def moment(value: dt.datetime | str) -> dt.datetime:
    """SQLite returns times as text."""
    return value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """The median, the 95th percentile and the maximum; zeros for no values."""
    ranked = sorted(values) or [0.0]
    last = len(ranked) - 1
    return ranked[round(last * 0.5)], ranked[round(last * 0.95)], ranked[-1]


def columns(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    ruled = [lines[0], tuple("-" * width for width in widths), *lines[1:]]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in ruled
    )
