"""Count what the thresholds do with our own comments by category, which no model is trained on."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import sqrt
from pathlib import Path

from moderation.classifier.ensemble import Ensemble
from moderation.classifier.training.datasets import rows
from moderation.classifier.training.outcomes import outcome

FOLDER = Path("tests/moderation/classifier/categories")
# The wrong outcomes: what should go must not be published unread, and what should stay must not
# keep a moderator busy.
WRONG = {"remove": {"publish"}, "publish": {"hold", "reject"}}
_EXAMPLES = 10
_Z = 1.96
HEADING = (
    "| {} | wanted | texts | published | held | rejected | wrong | interval |",
    "|---|---|---|---|---|---|---|---|",
)


def interval(found: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson, 1927)."""
    share, square = found / total, _Z**2
    centre = share + square / (2 * total)
    spread = _Z * sqrt(share * (1 - share) / total + square / (4 * total**2))
    scale = 1 + square / total
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def line(group: str, want: str, counts: Counter[str]) -> str:
    """Return a line of a table: the outcomes of the texts of one group."""
    total, wrong = counts.total(), sum(counts[each] for each in WRONG[want])
    low, high = interval(wrong, total)
    cells = " | ".join(str(counts[each]) for each in ("publish", "hold", "reject"))
    return (
        f"| {group} | {want} | {total} | {cells} | {wrong / total:.1%} | {low:.1%} to {high:.1%} |"
    )


def section(classifier: Ensemble, folder: Path = FOLDER) -> list[str]:
    """Return the card's section on the comments in `folder`; nothing if it does not exist."""
    labelled = [row for path in sorted(folder.glob("*.jsonl")) for row in rows(path)]
    if not labelled:
        return []
    found = [outcome(classifier, each) for each in classifier.score([r["text"] for r in labelled])]
    both = list(zip(labelled, found, strict=True))
    missed = [row for row, each in both if row["want"] == "remove" and each == "publish"]
    return [
        "## By category",
        "What the recommended thresholds do with the project's own comments by category, without",
        "the policy's rules, which find more (`manage.py evaluate_policy` counts both together).",
        "",
        *(each.format("kind or language") for each in HEADING),
        *_lines([(row["want"], row["kind"], each) for row, each in both]),
        *_lines([(row["want"], row["lang"], each) for row, each in both]),
        "",
        f"Some that are published and should not be ({len(missed)} in all):",
        "",
        *(f"- {row['kind']}: {row['text']}" for row in missed[:: len(missed) // _EXAMPLES or 1]),
    ]


def _lines(found: list[tuple[str, str, str]]) -> Iterator[str]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for want, group, each in found:
        counts[want, group][each] += 1
    for (want, group), counted in sorted(counts.items()):
        yield line(group, want, counted)
