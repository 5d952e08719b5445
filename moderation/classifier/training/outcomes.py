"""Count how many labelled texts the thresholds reject, hold and publish."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from moderation.classifier import ensemble_store, store
from moderation.classifier.ensemble import Ensemble
from moderation.classifier.scores import Scores
from moderation.classifier.training.datasets import rows
from moderation.classifier.training.evaluate import FIELDS

# Digits of a chosen threshold.
_DIGITS = 4


@dataclass(frozen=True)
class Outcomes:
    """The outcomes of the rows of one set that have one label of an attribute, by that attribute.

    `by_score` counts rows whose score alone reaches `reject_at`, regardless of the evidence.
    """

    attribute: str
    positive: bool
    rows: int
    rejected: int
    held: int
    by_score: int

    @property
    def published(self) -> int:
        return self.rows - self.rejected - self.held


def certain(scores: Scores, attribute: str) -> float:
    """Return the number that must reach `reject_at`: the lower of score and evidence."""
    return min(scores[attribute], scores.sure[attribute])


def outcome(classifier: Ensemble, scores: Scores) -> str:
    """Return what the recommended thresholds do with these scores: publish, hold or reject."""
    limits = classifier.thresholds
    if any(certain(scores, name) >= limits[name]["reject_at"] for name in limits):
        return "reject"
    return "hold" if any(scores[name] >= limits[name]["hold_at"] for name in limits) else "publish"


def outcomes(classifier: Ensemble, path: Path) -> list[Outcomes]:
    """Score a labelled JSON Lines file; return `Outcomes` for each attribute and label in it."""
    return [
        _count(attribute, bool(label), scores, classifier.thresholds[attribute])
        for attribute in classifier.attributes
        for label in (1, 0)
        if (scores := list(_scored(classifier, path, attribute, label)))
    ]


def _count(
    attribute: str, positive: bool, scores: Sequence[Scores], limits: dict[str, float]
) -> Outcomes:
    rejected = sum(certain(found, attribute) >= limits["reject_at"] for found in scores)
    over = [found[attribute] for found in scores]
    held = sum(score >= limits["hold_at"] for score in over) - rejected
    by_score = sum(score >= limits["reject_at"] for score in over)
    return Outcomes(attribute, positive, len(scores), rejected, held, by_score)


def _scored(classifier: Ensemble, path: Path, attribute: str, label: int) -> Iterator[Scores]:
    texts = [str(row["text"]) for row in rows(path) if row.get(FIELDS[attribute]) == label]
    yield from classifier.score(texts)


def reject_at(classifier: Ensemble, files: Iterable[Path], attribute: str, least: float) -> float:
    """Return the lowest threshold, at least `least`, that rejects no clean text of these files."""
    clean = (found for path in files for found in _scored(classifier, path, attribute, 0))
    highest = max((certain(found, attribute) for found in clean), default=0.0)
    above = (math.floor(highest * 10**_DIGITS) + 1) / 10**_DIGITS
    return max(least, float(above))


def set_reject_at(folder: Path, dev: Path) -> None:
    """Raise reject_at of the model in `folder` until no clean text of the sets in `dev` reaches it.

    It must be reached by the score and by the evidence (see `certainty`). The fast judge alone and
    all judges together have thresholds of their own.
    """
    files = sorted(dev.glob("*.jsonl"))
    whole = ensemble_store.load(folder)
    store.set_thresholds(folder, _raised(Ensemble(whole.fast), files))
    if whole.members:
        ensemble_store.set_thresholds(folder, _raised(whole, files))


def _raised(classifier: Ensemble, files: Sequence[Path]) -> dict[str, dict[str, float]]:
    chosen = {}
    for name, limits in classifier.thresholds.items():
        least = limits.get("reject_at_least", limits["reject_at"])
        chosen[name] = {**limits, "reject_at": reject_at(classifier, files, name, least)}
    return chosen


def table(name: str, found: Sequence[Outcomes]) -> list[str]:
    """Return the outcomes of one file as lines of a Markdown table, without its heading."""

    def cell(count: int, of: Outcomes) -> str:
        return f"{count} ({count / of.rows:.1%})"

    return [
        f"| {name} | {each.attribute} | {'positive' if each.positive else 'clean'} | {each.rows} | "
        f"{cell(each.rejected, each)} | {cell(each.held, each)} | {cell(each.published, each)} | "
        f"{cell(each.by_score, each)} |"
        for each in found
    ]


HEADING = (
    "| set | attribute | label | rows | rejected | held | published | rejected by score alone |",
    "|---|---|---|---|---|---|---|---|",
)
