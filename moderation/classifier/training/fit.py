"""Fit one attribute: naive Bayes scaling, logistic regression, calibration on unseen texts."""

import hashlib
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from moderation.classifier.errors import DataError
from moderation.classifier.model import logistic
from moderation.classifier.training.aims import AIMS
from moderation.classifier.training.checkpoints import Arrays, Steps, code_digest, digest
from moderation.classifier.training.datasets import Example
from moderation.classifier.training.synthetic import SOURCE as COMPOSED

REGULARISATION = 8.0
PASSES = 40
QUICK_PASSES = 15
# The scale of a column that says nothing about the label (Wang and Manning, 2012).
LEAST_RATIO = 0.3
FOLDS = 3
Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Fitted:
    """One attribute: its linear model, its calibration, and its scores of unseen clean texts.

    rows: the numbers of the examples that calibrated it; unseen: their log odds by models that
    saw none of their fold, for each kind of fold.
    """

    coefficients: Floats
    bias: float
    slope: float
    offset: float
    clean_scores: Floats
    clean_weights: Floats
    texts: int
    rows: NDArray[np.int64]
    unseen: tuple[Floats, ...]


@dataclass(frozen=True)
class Sample:
    """The rows that have a label of one attribute, with labels, weights and a digest of all."""

    rows: sparse.csr_array
    labels: Labels
    weights: Floats
    identity: str


def _ratios(rows: sparse.csr_array, labels: Labels) -> NDArray[np.float32]:
    """Return how much more each column occurs with one label than with the other, unsigned."""
    logs = []
    for label in (1, 0):
        total = rows.T @ (labels == label).astype(np.float32) + 1
        logs.append(np.log(total / total.sum()))
    return np.asarray(np.abs(logs[0] - logs[1]) + LEAST_RATIO, dtype=np.float32)


def _fit(sample: Sample, chosen: NDArray[np.int64], passes: int) -> Arrays:
    """Fit the chosen rows and return the weights for unscaled rows, with the bias last.

    Columns are scaled by their naive Bayes ratios, so that regularisation affects telling columns
    less. The scaling is folded into the weights, so it costs nothing when scoring.
    """
    rows = sample.rows[chosen]
    used = np.flatnonzero(np.bincount(rows.indices, minlength=rows.shape[1]))
    labels = sample.labels[chosen]
    rows = rows[:, used]
    ratios = _ratios(rows, labels)
    rows.data = rows.data * ratios[rows.indices]
    fitted = LogisticRegression(
        C=REGULARISATION, solver="liblinear", dual=True, tol=0.02, max_iter=passes, random_state=0
    )
    with warnings.catch_warnings():
        # More passes than this do not change the ranking measurably.
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted.fit(rows, labels, sample_weight=sample.weights[chosen])
    weights = np.zeros(sample.rows.shape[1] + 1)
    weights[used] = fitted.coef_[0].astype(np.float64) * ratios
    weights[-1] = fitted.intercept_[0]
    return {"weights": weights}


def folds(examples: Sequence[Example], unseen: Literal["family", "group"]) -> list[str]:
    """Return the name of the fold of each example, which a calibrating model must not have seen."""
    if unseen == "family":
        return [example.family for example in examples]
    digests = [hashlib.sha256(example.group.encode("utf-8", "replace")) for example in examples]
    return [f"fold {digest.digest()[0] % FOLDS}" for digest in digests]


def _unseen_sums(sample: Sample, named: Sequence[str], name: str, steps: Steps) -> Floats:
    """Return the linear sum of each row by a model that saw none of its fold; NaN if composed."""
    sums = np.full(len(sample.labels), np.nan)
    for fold in tqdm(
        sorted(set(named) - {COMPOSED}), desc=f"{name}: fitting without a fold", unit="fit"
    ):
        outside = np.array([fold == other for other in named])
        inside = np.flatnonzero(~outside)
        if len(set(sample.labels[inside].tolist())) < 2:
            raise DataError(f"The training data is too small: only {fold} has both labels.")

        def make(inside: NDArray[np.int64] = inside) -> Arrays:
            return _fit(sample, inside, QUICK_PASSES)

        key = digest(sample.identity, fold, outside, QUICK_PASSES)
        found = steps.arrays(f"{name}-without-{fold.replace(' ', '-')}", key, make)
        weights = found["weights"].astype(np.float64)
        sums[outside] = sample.rows[np.flatnonzero(outside)] @ weights[:-1] + weights[-1]
    return sums


def balance(labels: Labels, families: Sequence[str], share: float) -> Floats:
    """Return weights that balance the families and give positives this share of the total."""
    cells = [(int(label), family) for label, family in zip(labels, families, strict=True)]
    sizes = Counter(cells)
    kinds = Counter(label for label, _ in sizes)
    wanted = {0: 1 - share, 1: share}
    # Small families say little, so a family counts by the square root of its size.
    roots = {cell: float(np.sqrt(size)) for cell, size in sizes.items()}
    totals = {k: sum(root for (label, _), root in roots.items() if label == k) for k in kinds}
    return np.array([wanted[c[0]] * roots[c] / totals[c[0]] / sizes[c] for c in cells])


def platt(sums: Floats, labels: Labels, weights: Floats) -> tuple[float, float]:
    """Return the slope and offset that turn linear sums into log odds (Platt, 1999)."""
    scaled = weights * len(labels) / weights.sum()
    fitted = LogisticRegression(C=1e4).fit(sums[:, None], labels, sample_weight=scaled)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def _sample(attribute: str, chosen: Sequence[Example], rows: sparse.csr_array, of: str) -> Sample:
    labels = np.array([getattr(example, attribute) for example in chosen], dtype=np.int64)
    if len(set(labels.tolist())) < 2:
        raise DataError(f"The training data has no example of both labels of {attribute}.")
    weights = np.array([example.weight for example in chosen])
    code = code_digest([Path(__file__)])
    return Sample(rows, labels, weights, digest(of, labels, weights, code))


def fit_attribute(
    attribute: str, examples: Sequence[Example], rows: sparse.csr_array, steps: Steps
) -> Fitted:
    """Fit and calibrate one attribute on the examples that have a label of it."""
    known = [n for n, example in enumerate(examples) if getattr(example, attribute) is not None]
    chosen, aim = [examples[n] for n in known], AIMS[attribute]
    rows = rows[known]
    of = digest(attribute, rows.data, rows.indices, rows.indptr)
    sample = _sample(attribute, chosen, rows, of)
    # Composed texts are not a sample of what people write: they train, but do not calibrate.
    real = np.flatnonzero([example.family != COMPOSED for example in chosen])
    labels = sample.labels[real]
    balanced = balance(labels, [chosen[n].family for n in real], aim.share)
    unseen = [
        _unseen_sums(sample, folds(chosen, kind), attribute, steps)[real] for kind in aim.unseen
    ]
    times = len(unseen)
    slope, offset = platt(np.concatenate(unseen), np.tile(labels, times), np.tile(balanced, times))
    everything = np.arange(len(known))
    key = digest(sample.identity, PASSES)
    found = steps.arrays(attribute, key, lambda: _fit(sample, everything, PASSES))
    weights, clean = found["weights"].astype(np.float64), labels == 0
    return Fitted(
        coefficients=weights[:-1],
        bias=float(weights[-1]),
        slope=slope,
        offset=offset,
        clean_scores=logistic(unseen[0] * slope + offset)[clean],
        clean_weights=balanced[clean],
        texts=len(known),
        rows=np.array(known, dtype=np.int64)[real],
        unseen=tuple(sums * slope + offset for sums in unseen),
    )
