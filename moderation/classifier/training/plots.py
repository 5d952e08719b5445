"""Draw the calibration and distribution of scores, one PNG per evaluated file and attribute."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from moderation.classifier.ensemble import Ensemble
from moderation.classifier.errors import ClassifierError
from moderation.classifier.training.datasets import rows
from moderation.classifier.training.evaluate import BINS, FIELDS

_SIZE = (10.0, 4.0)
_RESOLUTION = 110


def _figure() -> Any:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise ClassifierError("Charts need matplotlib; install it, or leave out --plots.") from None
    return Figure(figsize=_SIZE, dpi=_RESOLUTION, layout="constrained")


def _draw_calibration(axes: Any, labels: Any, scores: Any) -> None:
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    filled = [number for number in range(BINS) if (bins == number).any()]
    predicted = [float(scores[bins == number].mean()) for number in filled]
    observed = [float(labels[bins == number].mean()) for number in filled]
    sizes = [10 + 190 * float((bins == number).mean()) for number in filled]
    axes.plot([0, 1], [0, 1], linestyle=":", color="grey")
    axes.plot(predicted, observed, color="tab:blue")
    axes.scatter(predicted, observed, s=sizes, color="tab:blue")
    axes.set(xlabel="mean score", ylabel="share labelled", title="calibration (size: texts)")


def _draw_scores(axes: Any, labels: Any, scores: Any, limits: dict[str, float]) -> None:
    edges = np.linspace(0, 1, 2 * BINS + 1)
    for label, colour, name in ((0, "tab:green", "without"), (1, "tab:red", "with")):
        if (labels == label).any():
            axes.hist(scores[labels == label], edges, alpha=0.5, color=colour, label=name)
    for name, style in (("hold_at", "--"), ("reject_at", "-")):
        axes.axvline(limits[name], linestyle=style, color="black", label=name)
    axes.set(xlabel="score", ylabel="texts", yscale="log", title="scores by label")
    axes.legend()


def draw(classifier: Ensemble, paths: Sequence[Path], folder: Path) -> list[Path]:
    """Write one PNG for each file and attribute that it has labels of; return their paths.

    Raise ClassifierError if matplotlib is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for path in paths:
        texts = [row for row in rows(path) if isinstance(row.get("text"), str)]
        found = classifier.score([row["text"] for row in texts])
        for attribute, field in FIELDS.items():
            known = [n for n, row in enumerate(texts) if row.get(field) in (0, 1)]
            if not known:
                continue
            labels = np.array([texts[n][field] for n in known])
            scores = np.array([found[n][attribute] for n in known])
            figure = _figure()
            left, right = figure.subplots(1, 2)
            _draw_calibration(left, labels, scores)
            _draw_scores(right, labels, scores, classifier.thresholds[attribute])
            figure.suptitle(f"{path.name}: {attribute}, {len(known)} texts")
            made.append(folder / f"{path.name.split('.')[0]}-{attribute}.png")
            figure.savefig(made[-1], metadata={"Software": None})
    return made
