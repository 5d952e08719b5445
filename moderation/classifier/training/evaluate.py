"""Measure scores against labels: ranking, recall at few false positives, and calibration."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.ensemble import Ensemble
from moderation.classifier.errors import DataError
from moderation.classifier.scores import Scores
from moderation.classifier.training.datasets import rows


class Remembered(Ensemble):
    """A model that scores each text once, for measurements that go over the same sets."""

    def __init__(self, model: Ensemble) -> None:
        super().__init__(model.fast, model.members, model.thresholds)
        self._scored: dict[str, Scores] = {}

    def score(self, texts: Sequence[str]) -> list[Scores]:
        new = list(dict.fromkeys(text for text in texts if text not in self._scored))
        self._scored |= zip(new, super().score(new), strict=True)
        return [self._scored[text] for text in texts]


# The label of each attribute in a labelled file.
FIELDS = {"spam": "spam", "toxicity": "toxic"}
BINS = 10
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Figures:
    """Figures of one attribute on one set. Those that need both labels are None without them."""

    rows: int
    positives: int
    auc: float | None
    auc_error: float | None
    average_precision: float | None
    recall_at_1: float | None
    recall_at_5: float | None
    calibration_error: float
    clean_held: float | None


def auc(labels: NDArray[np.int64], scores: Floats) -> float:
    """Return the area under the ROC curve, ties counted as one half."""
    positives, negatives = scores[labels == 1], np.sort(scores[labels == 0])
    below = np.searchsorted(negatives, positives, side="left")
    up_to = np.searchsorted(negatives, positives, side="right")
    return float((below + up_to).mean() / 2 / len(negatives))


def auc_error(area: float, positives: int, negatives: int) -> float:
    """Return half the 95 % confidence interval of an AUC (Hanley and McNeil, 1982)."""
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    spread = (positives - 1) * (one - area**2) + (negatives - 1) * (two - area**2)
    return float(1.96 * np.sqrt((area * (1 - area) + spread) / (positives * negatives)))


def average_precision(labels: NDArray[np.int64], scores: Floats) -> float:
    """Return the mean over thresholds of precision, weighted by the gain in recall."""
    order = np.argsort(-scores, kind="stable")
    caught = np.cumsum(labels[order])
    last = np.append(np.flatnonzero(np.diff(scores[order])), len(order) - 1)
    recall = caught[last] / caught[-1]
    return float(np.sum(np.diff(recall, prepend=0.0) * caught[last] / (last + 1)))


def recall_at(labels: NDArray[np.int64], scores: Floats, false_positives: float) -> float:
    """Return the recall at this false positive rate."""
    negatives = np.sort(scores[labels == 0])[::-1]
    allowed = int(false_positives * len(negatives))
    return float((scores[labels == 1] > negatives[min(allowed, len(negatives) - 1)]).mean())


def calibration_error(labels: NDArray[np.int64], scores: Floats) -> float:
    """Return the expected calibration error over ten equal bins of the score, from 0 to 1."""
    bins = np.minimum((scores * BINS).astype(np.int64), BINS - 1)
    gap = np.bincount(bins, weights=labels - scores, minlength=BINS)
    return float(np.abs(gap).sum() / len(labels))


def figures(labels: NDArray[np.int64], scores: Floats, hold_at: float) -> Figures:
    """Return every figure of one attribute on one set of labels (0 or 1) and scores."""
    positives = int(labels.sum())
    both = 0 < positives < len(labels)
    clean = scores[labels == 0]
    area = auc(labels, scores) if both else None
    return Figures(
        rows=len(labels),
        positives=positives,
        auc=area,
        auc_error=None if area is None else auc_error(area, positives, len(clean)),
        average_precision=average_precision(labels, scores) if both else None,
        recall_at_1=recall_at(labels, scores, 0.01) if both else None,
        recall_at_5=recall_at(labels, scores, 0.05) if both else None,
        calibration_error=calibration_error(labels, scores),
        clean_held=float((clean >= hold_at).mean()) if len(clean) else None,
    )


def span_f1(classifier: Ensemble, labelled: Sequence[dict[str, object]]) -> float:
    """Return the mean character F1 of marked toxic words against the field `spans`.

    As in SemEval 2021 task 5, a text without spans counts 1 if nothing was marked, otherwise 0.
    """
    total = 0.0
    for row in labelled:
        wanted = set(cast(list[int], row["spans"]))
        marked = classifier.explain(str(row["text"]))["toxicity"].marked()
        found = {place for start, end in marked for place in range(start, end)}
        both = len(wanted) + len(found)
        total += 2 * len(wanted & found) / both if both else 1.0
    return total / len(labelled)


def _measure(
    labelled: Sequence[dict[str, object]], scores: Sequence[Scores], attribute: str, hold_at: float
) -> Figures | None:
    """Measure the rows that have a label of the attribute; None if there are none."""
    field = FIELDS[attribute]
    known = [n for n, row in enumerate(labelled) if row.get(field) in (0, 1)]
    if not known:
        return None
    labels = np.array([labelled[n][field] for n in known], dtype=np.int64)
    return figures(labels, np.array([scores[n][attribute] for n in known]), hold_at)


def evaluate(classifier: Ensemble, path: Path) -> list[tuple[str, str, Figures]]:
    """Score a JSON Lines file with labels; return (attribute, language, figures).

    Languages are as the classifier detects them, "all" first. Raise DataError if no row has a
    label.
    """
    labelled = [row for row in rows(path) if isinstance(row.get("text"), str)]
    scores = classifier.score([row["text"] for row in labelled])
    found = []
    for attribute in classifier.attributes:
        for name in ("all", "uk", "ru", "en", "other"):
            chosen = [n for n, score in enumerate(scores) if name in ("all", score.language)]
            hold_at = classifier.thresholds[attribute]["hold_at"]
            measured = _measure(
                [labelled[n] for n in chosen], [scores[n] for n in chosen], attribute, hold_at
            )
            if measured:
                found.append((attribute, name, measured))
    if not found:
        raise DataError(f"{path.name} has no row with a text and a label (toxic or spam, 0 or 1).")
    return found


def table(name: str, measured: Sequence[tuple[str, str, Figures]]) -> list[str]:
    """Return the figures of one file as lines of a Markdown table, without its heading."""

    def cell(value: float | None) -> str:
        return "-" if value is None else f"{value:.3f}"

    def area(found: Figures) -> str:
        return cell(found.auc) + (f" ± {found.auc_error:.3f}" if found.auc_error else "")

    return [
        f"| {name} | {attribute} | {language} | {found.rows} ({found.positives}) | "
        f"{area(found)} | {cell(found.average_precision)} | {cell(found.recall_at_1)} | "
        f"{cell(found.recall_at_5)} | {cell(found.calibration_error)} | {cell(found.clean_held)} |"
        for attribute, language, found in measured
    ]


HEADING = (
    "| set | attribute | language | rows (positive) | AUC | average precision | "
    "recall at 1 % FPR | recall at 5 % FPR | ECE | clean held |",
    "|---|---|---|---|---|---|---|---|---|---|",
)
