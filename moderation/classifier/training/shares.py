"""Show what a threshold does: which share of the toxic and of the clean texts it takes.

For those who know a threshold by the scores of another service and need the one of ours.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from moderation.classifier.ensemble import Ensemble
from moderation.classifier.training.datasets import rows
from moderation.classifier.training.evaluate import FIELDS, Floats

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
# The heading of a column, and the scores of its texts.
Column = tuple[str, Floats]


def tables(classifier: Ensemble, paths: Sequence[Path]) -> Iterator[str]:
    """Yield a Markdown table for each attribute, with two columns for each file that labels it."""
    for attribute in classifier.attributes:
        columns = [each for path in paths for each in _columns(classifier, path, attribute)]
        if columns:
            yield f"{attribute}: the share of texts with this score or a higher one"
            yield ""
            yield from table(columns)
            yield ""


def table(columns: Sequence[Column]) -> Iterator[str]:
    """Yield the lines of one table."""
    yield f"| score | {' | '.join(name for name, _scores in columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    for threshold in THRESHOLDS:
        shares = (f"{(scores >= threshold).mean():.1%}" for _name, scores in columns)
        yield f"| {threshold} | {' | '.join(shares)} |"


def _columns(classifier: Ensemble, path: Path, attribute: str) -> Iterator[Column]:
    """Yield the texts of a file that have the attribute, and those that have it not, if any."""
    texts: tuple[list[str], list[str]] = ([], [])
    for row in rows(path):
        if row.get(FIELDS[attribute]) in {0, 1}:
            texts[row[FIELDS[attribute]]].append(str(row["text"]))
    for label, words in ((1, f"with {attribute}"), (0, "others")):
        if texts[label]:
            scores = [found[attribute] for found in classifier.score(texts[label])]
            yield f"{path.stem}, {len(scores)} {words}", np.array(scores)
