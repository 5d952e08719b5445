"""The race of the classifier with alt-profanity-check: same texts, same core, rounds in turn."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from tests.benchmarks import texts
from tests.benchmarks.programs import ALT_PROFANITY_CHECK
from tests.benchmarks.sides import Side, SideError, running
from tests.benchmarks.table import Goal, Row

ROUNDS = 15
SECONDS = 0.5
STARTS = 7
MIB = 1024 * 1024
MB = 1000 * 1000


@dataclass
class Figures:
    """The results of one side: a figure per round for each thing measured."""

    rounds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, *values: float) -> None:
        """Add the figures of a round, or of many comments."""
        self.rounds[name].extend(values)

    def quantile(self, name: str, share: float) -> list[float]:
        """Return a list with the given quantile as its only figure."""
        found = sorted(self.rounds[name])
        return [found[min(len(found) - 1, int(len(found) * share))]] if found else []


def measure_start(name: str, python: Path | str, figures: Figures) -> None:
    """Start a side only to measure how long that takes."""
    with running(name, python) as side:
        figures.add("load", side.started["load"] * 1000)
        figures.add("import and load", side.started["import and load"] * 1000)


def race(side: Side, figures: Figures, seconds: float) -> None:
    """Run one round of one side."""
    figures.add("batches", side.ask("batches", seconds=seconds)["rate"])
    alone = side.ask("singles", seconds=seconds)
    figures.add("singles", alone["rate"])
    figures.add("comments", *(taken * 1000 for taken in alone["times"]))
    figures.add("long", side.ask("long")["ratio"])


def weigh(side: Side, figures: Figures) -> None:
    """Record how much memory and disk space a side takes after scoring."""
    taken = side.ask("memory")
    for name in ("now", "highest"):
        if name in taken:
            figures.add(name, taken[name] / MIB)
    figures.add("weights", side.started["weights"] / MB)


def rows(ours: Figures, theirs: Figures, both: Figures) -> Iterator[Row]:
    """Yield the table: everything with a goal, and what explains it.

    `both` are the figures with the second judge, which nothing is compared with.
    """

    def row(what: str, unit: str, name: str, goal: Goal | None = None) -> Row:
        return Row(what, unit, ours.rounds[name], theirs.rounds[name], goal)

    def comment(what: str, share: float, goal: Goal | None = None) -> Row:
        found = ours.quantile("comments", share), theirs.quantile("comments", share)
        return Row(what, "ms", *found, goal)

    yield row("batches of 256", "texts/s", "batches", Goal(1, at_least=True, of_ratio=True))
    yield row("one at a time", "texts/s", "singles", Goal(10, at_least=True, of_ratio=True))
    yield comment("one comment, p50", 0.5)
    yield comment("one comment, p95", 0.95, Goal(30))
    yield row("loading the model", "ms", "load", Goal(500))
    yield row("loading, imports included", "ms", "import and load", Goal(500))
    yield row("resident memory after scoring", "MiB", "now", Goal(250))
    yield row("resident memory at its highest", "MiB", "highest")
    yield row("weights on disk", "MB", "weights", Goal(30))
    yield row("100,000 characters / 10,000", "times", "long", Goal(1.25))
    batches = Goal(60, at_least=True)
    yield Row("with the second judge: batches", "texts/s", both.rounds["batches"], goal=batches)
    p95 = both.quantile("comments", 0.95)
    yield Row("with the second judge: one comment, p95", "ms", p95, goal=Goal(15))
    yield Row("with the second judge: resident memory", "MiB", both.rounds["now"])
    yield Row("with the second judge: weights on disk", "MB", both.rounds["weights"], goal=Goal(10))


def _opponent() -> tuple[Path | None, str]:
    """Return the rival's Python, or None and the reason."""
    try:
        python = ALT_PROFANITY_CHECK.installed()
        with running("theirs", python) as side:
            side.ask("texts", texts=["one text", "один текст"])
    except SideError as error:
        return None, str(error)
    return python, ""


def measure(
    pythons: dict[str, Path | str], pool: list[str], rounds: int = ROUNDS, seconds: float = SECONDS
) -> dict[str, Figures]:
    """Race the sides in `pythons` in turn, and return the figures of each."""
    figures = {name: Figures() for name in pythons}
    for _ in tqdm(range(min(rounds, STARTS)), desc="loading", leave=False):
        for name, python in pythons.items():
            measure_start(name, python, figures[name])
    with ExitStack() as stack:
        sides = [stack.enter_context(running(name, python)) for name, python in pythons.items()]
        for side in sides:
            side.ask("texts", texts=pool)
        for _ in tqdm(range(rounds), desc="rounds", leave=False):
            for side in sides:
                race(side, figures[side.name], seconds)
        for side in sides:
            weigh(side, figures[side.name])
    return figures


def bench(data: Path, rounds: int = ROUNDS, seconds: float = SECONDS) -> tuple[str, list[Row]]:
    """Return a heading that says what was compared, and the rows."""
    pool, origin = texts.pool(data)
    python, reason = _opponent()
    pythons: dict[str, Path | str] = {"ours": sys.executable, "both": sys.executable}
    if python:
        pythons["theirs"] = python
    found = measure(pythons, pool, rounds, seconds)
    heading = (
        f"The classifier (spam, toxicity and language of a text) compared with "
        f"{ALT_PROFANITY_CHECK.name} (theirs; profanity in English).\n"
        f"On one core, alternating, {rounds} rounds: median (lowest-highest); "
        "texts/s of processor time.\n"
        f"{len(pool):,} texts of about "
        f"{texts.LENGTH} characters in Ukrainian, Russian and English, from {origin}."
    )
    if not python:
        heading += f"\nTheirs was not measured: {reason}"
    theirs = found.get("theirs", Figures())
    return heading, list(rows(found["ours"], theirs, found["both"]))
