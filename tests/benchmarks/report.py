"""The page of figures and its chart in docs/, generated from the results of `make bench`."""

import datetime as dt
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib import pyplot as plt

from tests.benchmarks.sides import ROOT
from tests.benchmarks.table import HEADINGS, Row, cells

PAGE = ROOT / "docs" / "figures.md"
CHART = ROOT / "docs" / "figures.png"
INK, MUTED, ACCENT = "#1d2733", "#8a94a0", "#1f6f5c"


@dataclass(frozen=True)
class Part:
    """A part of the benchmark: its name, what was compared, and its rows."""

    name: str
    heading: str
    rows: Sequence[Row]


def write(parts: Sequence[Part]) -> None:
    """Write the page, and the chart of ratios to the alternatives."""
    machine = f"Python {platform.python_version()}, {platform.machine()}, about two shared cores"
    lines = [
        "# Figures",
        "",
        f"Written by `make bench` on {dt.datetime.now(dt.UTC):%d %B %Y} ({machine}). The "
        "ratios are more reliable than the absolute figures. Each figure is the median of the "
        "rounds, with the lowest and the highest in brackets.",
        "",
        f"![How many times as fast]({CHART.name})",
    ]
    for part in parts:
        lines += ["", f"## {part.name.capitalize()}", "", " ".join(part.heading.split()), ""]
        lines += [_line(HEADINGS), _line(["---"] * len(HEADINGS))]
        lines += [_line(cells(row)) for row in part.rows]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    chart(parts, CHART)


def _line(values: Sequence[str]) -> str:
    return f"| {' | '.join(value.replace('|', '/') for value in values)} |"


def chart(parts: Sequence[Part], path: Path) -> None:
    """Draw how many times as fast ours is, with a mark at each goal."""
    bars = [
        (f"{part.name}: {row.what}", ratio, row.goal.limit)
        for part in parts
        for row in part.rows
        if row.goal and row.goal.of_ratio and row.goal.at_least and (ratio := row.ratio())
    ]
    if not bars:
        return
    mpl.use("agg")
    names, ratios, goals = zip(*bars[::-1], strict=True)
    figure, axes = plt.subplots(figsize=(8, 0.55 * len(bars) + 1.1), dpi=110, layout="constrained")
    axes.barh(names, [ratio - 1 for ratio in ratios], left=1, color=ACCENT, height=0.5)
    axes.scatter(goals, range(len(goals)), marker="|", s=420, color=INK, zorder=3, label="goal")
    for place, ratio in enumerate(ratios):
        # In a separate column, where no goal's mark crosses them.
        axes.annotate(f"{ratio:.3g}x", (1.09, place), xycoords=("axes fraction", "data"),
                      va="center", ha="right", color=INK)  # fmt: skip
    axes.axvline(1, color=MUTED, linewidth=1)
    axes.set_xscale("log")
    axes.set_xlim(min(0.9, *ratios), max(*ratios, *goals) * 1.1)
    axes.xaxis.set_major_formatter("{x:g}x")
    axes.set_xlabel("times as fast as Isso (the service) and alt-profanity-check (the classifier)")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(left=False, colors=INK)
    axes.legend(loc="upper right", bbox_to_anchor=(1, 1.08), frameon=False, handletextpad=0)
    figure.savefig(path)
    plt.close(figure)
