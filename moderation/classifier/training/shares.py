"""Show what a threshold does: which share of the toxic and of the clean texts it takes.

For those who know a threshold by the scores of another service and need the one of ours.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from moderation.classifier.ensemble import Ensemble
from moderation.classifier.training.datasets import rows
from moderation.classifier.training.evaluate import FIELDS, Floats

THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)


def tables(classifier: Ensemble, path: Path) -> Iterator[str]:
    """Yield a Markdown table for each attribute that is labelled in a JSON Lines file."""
    found = list(rows(path))
    for attribute in classifier.attributes:
        labelled = [row for row in found if row.get(FIELDS[attribute]) in {0, 1}]
        if labelled:
            scores = classifier.score([str(row["text"]) for row in labelled])
            values = np.array([each[attribute] for each in scores])
            labels = np.array([row[FIELDS[attribute]] for row in labelled])
            yield f"{path.name}: {len(labels)} texts, {labels.sum()} of them with {attribute}"
            yield ""
            yield from table(attribute, values[labels == 1], values[labels == 0])
            yield ""


def table(attribute: str, positive: Floats, clean: Floats) -> Sequence[str]:
    """Return the lines of the table for the scores of the texts with an attribute and without."""
    return [
        f"| score from | of those with {attribute} | of the others |",
        "|---|---|---|",
        *(f"| {at} | {_share(positive, at)} | {_share(clean, at)} |" for at in THRESHOLDS),
    ]


def _share(scores: Floats, at: float) -> str:
    return f"{(scores >= at).mean():.1%}" if len(scores) else "-"
