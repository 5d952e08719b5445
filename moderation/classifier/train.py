"""Train the shipped model from the labelled sets: count, fit, calibrate on unseen groups, store."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from moderation.classifier import language, matrix, store
from moderation.classifier.composed import compose
from moderation.classifier.dataset import Example, read_training
from moderation.classifier.disguise import disguised_copies
from moderation.classifier.errors import DataError
from moderation.classifier.features import BUCKETS
from moderation.classifier.model import ATTRIBUTES, Weights, logistic

REGULARISATION = 8.0
ITERATIONS = 300
QUICK_ITERATIONS = 70
LEAST_TEXTS = 2
LEAST_REJECT = 0.9
FOLDS = 3
Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Aim:
    """What an attribute is calibrated on and for.

    `unseen` names what a scored text shares with none of those the model saw. `share` is the
    share of positives that a site is taken to get. `held` and `rejected` are the shares of clean
    texts that may reach hold_at and reject_at, `least` is the lowest hold_at.
    """

    unseen: Literal["family", "group"]
    share: float
    held: float
    rejected: float
    least: float


# Leaving out a whole family tells most about a new site. For spam it would leave a language with
# no spam or no honest text at all, so there only copies and rewrites are kept apart.
AIMS = {
    "spam": Aim("group", 0.05, 0.003, 0.0005, 0.7),
    "toxicity": Aim("family", 0.2, 0.02, 0.002, 0.5),
}


@dataclass(frozen=True)
class Fitted:
    """One attribute: its linear model, calibration, and unseen scores with their labels."""

    coefficients: Floats
    bias: float
    slope: float
    offset: float
    clean_scores: Floats
    clean_weights: Floats
    texts: int


def _fit(
    rows: sparse.csr_array, labels: Labels, weights: Floats, iterations: int = ITERATIONS
) -> LogisticRegression:
    # A loose tolerance stops far from the optimum and costs up to 0.03 of AUC on other sources.
    return LogisticRegression(C=REGULARISATION, max_iter=iterations, tol=1e-4).fit(
        rows, labels, sample_weight=weights
    )


def _parts(examples: Sequence[Example], aim: Aim) -> list[str]:
    """Name the part of each example that a fitted model must not have seen."""
    if aim.unseen == "family":
        return [example.family for example in examples]
    digests = [hashlib.sha256(example.group.encode("utf-8", "replace")) for example in examples]
    return [f"part {digest.digest()[0] % FOLDS}" for digest in digests]


def _unseen_sums(
    rows: sparse.csr_array, labels: Labels, weights: Floats, parts: Sequence[str]
) -> Floats:
    """Linear sums of each row by a model that saw nothing of its part."""
    sums = np.full(len(labels), np.nan)
    for part in tqdm(sorted(set(parts)), desc="fitting without a part", unit="fit"):
        outside = np.array([part == other for other in parts])
        inside = np.flatnonzero(~outside)
        if len(set(labels[inside].tolist())) < 2:
            raise DataError(f"The training data is too small: only {part} has both labels.")
        fitted = _fit(rows[inside], labels[inside], weights[inside], QUICK_ITERATIONS)
        sums[outside] = fitted.decision_function(rows[np.flatnonzero(outside)])
    return sums


def _balance(labels: Labels, families: Sequence[str], share: float) -> Floats:
    """Weights that make each family count alike and positives this share of the whole."""
    cells = [(int(label), family) for label, family in zip(labels, families, strict=True)]
    sizes = Counter(cells)
    kinds = Counter(label for label, _ in sizes)
    wanted = {0: 1 - share, 1: share}
    # Small families say little: they count by the square root of their size.
    roots = {cell: float(np.sqrt(size)) for cell, size in sizes.items()}
    totals = {k: sum(root for (label, _), root in roots.items() if label == k) for k in kinds}
    return np.array([wanted[c[0]] * roots[c] / totals[c[0]] / sizes[c] for c in cells])


def _platt(sums: Floats, labels: Labels, weights: Floats) -> tuple[float, float]:
    """Slope and offset that turn linear sums into chances (Platt, 1999)."""
    scaled = weights * len(labels) / weights.sum()
    fitted = LogisticRegression(C=1e4).fit(sums[:, None], labels, sample_weight=scaled)
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def fit_attribute(attribute: str, examples: Sequence[Example], rows: sparse.csr_array) -> Fitted:
    """Fit and calibrate one attribute on the examples that carry its label."""
    known = [n for n, example in enumerate(examples) if getattr(example, attribute) is not None]
    chosen = [examples[n] for n in known]
    labels = np.array([getattr(example, attribute) for example in chosen], dtype=np.int64)
    if len(set(labels.tolist())) < 2:
        raise DataError(f"The training data has no example of both labels of {attribute}.")
    weights = np.array([example.weight for example in chosen])
    rows = rows[known]
    families = [example.family for example in chosen]
    sums = _unseen_sums(rows, labels, weights, _parts(chosen, AIMS[attribute]))
    balanced = _balance(labels, families, AIMS[attribute].share)
    slope, offset = _platt(sums, labels, balanced)
    fitted = _fit(rows, labels, weights)
    return Fitted(
        coefficients=fitted.coef_[0].astype(np.float64),
        bias=float(fitted.intercept_[0]),
        slope=slope,
        offset=offset,
        clean_scores=logistic(sums * slope + offset)[labels == 0],
        clean_weights=balanced[labels == 0],
        texts=len(labels),
    )


def _reached_by(fitted: Fitted, share: float) -> float:
    """The score that this share of unseen clean texts, families weighted, reach."""
    order = np.argsort(-fitted.clean_scores, kind="stable")
    passed = np.cumsum(fitted.clean_weights[order]) / fitted.clean_weights.sum()
    return float(fitted.clean_scores[order][np.searchsorted(passed, share)])


def thresholds(fitted: Fitted, aim: Aim) -> dict[str, float]:
    """Choose hold_at and reject_at by how many unseen clean texts reach them."""
    hold = min(max(_reached_by(fitted, aim.held), aim.least), 0.98)
    reject = max(_reached_by(fitted, aim.rejected), LEAST_REJECT)
    reject = min(max(reject, hold + 0.01), 0.995)
    return {"hold_at": round(hold, 3), "reject_at": round(reject, 3)}


def _languages(examples: Sequence[Example]) -> language.LanguageTables:
    texts = {
        name: [example.text for example in examples if example.language == name]
        for name in ("uk", "ru", "en")
    }
    return language.learn(texts["uk"], texts["ru"], texts["en"])


def _weights(fits: Sequence[Fitted], frequencies: Floats, examples: Sequence[Example]) -> Weights:
    coefficients = np.stack([fit.coefficients for fit in fits], axis=1)
    return Weights(
        grams=(coefficients[:BUCKETS] * frequencies[:, None]).astype(np.float16),
        squares=(frequencies**2).astype(np.float16),
        signals=(coefficients[BUCKETS:] * matrix.SIGNAL_SCALE).astype(np.float32),
        bias=np.array([fit.bias for fit in fits], dtype=np.float32),
        slopes=np.array([fit.slope for fit in fits], dtype=np.float32),
        offsets=np.array([fit.offset for fit in fits], dtype=np.float32),
        languages=_languages(examples),
    )


def _describe(fits: Sequence[Fitted], examples: Sequence[Example]) -> dict[str, Any]:
    sources: dict[str, int] = {}
    for example in examples:
        sources[example.source] = sources.get(example.source, 0) + 1
    named = list(zip(ATTRIBUTES, fits, strict=True))
    return {
        "thresholds": {name: thresholds(fit, AIMS[name]) for name, fit in named},
        "sources": sources,
        "examples": {name: fit.texts for name, fit in named},
    }


def gather(data: Path) -> list[Example]:
    """Return the sets of `data`/train, composed texts, and disguised copies of a share of both."""
    examples = read_training(data / "train") + compose()
    return examples + disguised_copies(examples)


def build(examples: Sequence[Example], folder: Path) -> str:
    """Train on the examples and write the model into `folder`; return the model's version.

    The same examples give the same bytes. DataError if they are too few to learn from.
    """
    counted = matrix.count([example.text for example in examples])
    frequencies = matrix.inverse_frequencies(counted.counts, LEAST_TEXTS)
    rows = matrix.scale(counted, frequencies)
    fits = [fit_attribute(attribute, examples, rows) for attribute in ATTRIBUTES]
    weights = _weights(fits, frequencies, examples)
    return store.save(folder, weights, _describe(fits, examples))


def train(data: Path, folder: Path) -> str:
    """Train on `data`/train and write the model into `folder`; return the model's version.

    The same data gives the same bytes. Raises DataError if a set is missing or malformed.
    """
    return build(gather(data), folder)
