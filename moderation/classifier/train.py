"""Train the shipped model from the labelled sets: count, fit, calibrate on unseen groups, store."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from moderation.classifier import language, matrix, store
from moderation.classifier.dataset import Example, read_training
from moderation.classifier.errors import DataError
from moderation.classifier.features import BUCKETS
from moderation.classifier.model import ATTRIBUTES, Weights, logistic

FOLDS = 3
REGULARISATION = 3.0
ITERATIONS = 400
LEAST_TEXTS = 2
HELD_CLEAN = 0.01
REJECTED_CLEAN = 0.002
LEAST_HOLD = 0.8
LEAST_REJECT = 0.95
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """One attribute: its linear model, calibration, and unseen scores with their labels."""

    coefficients: Floats
    bias: float
    slope: float
    offset: float
    scores: Floats
    labels: NDArray[np.int64]
    sources: list[str]


def _fit(rows: sparse.csr_array, labels: NDArray[np.int64], weights: Floats) -> LogisticRegression:
    # A loose tolerance stops far from the optimum and costs up to 0.03 of AUC on other sources.
    return LogisticRegression(C=REGULARISATION, max_iter=ITERATIONS, tol=1e-5).fit(
        rows, labels, sample_weight=weights
    )


def _folds(examples: Sequence[Example]) -> NDArray[np.int64]:
    """Spread groups over folds by their hash, so that a pair never stands on both sides."""
    digests = (hashlib.sha256(example.group.encode("utf-8", "replace")) for example in examples)
    return np.array([digest.digest()[0] % FOLDS for digest in digests])


def _unseen_sums(
    rows: sparse.csr_array, labels: NDArray[np.int64], weights: Floats, folds: NDArray[np.int64]
) -> Floats:
    """Linear sums of each row by a model that saw nothing of its group."""
    sums = np.zeros(len(labels))
    for fold in tqdm(range(FOLDS), desc="fitting on folds", unit="fold"):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        if not len(outside):
            continue
        if len(set(labels[inside])) < 2:
            raise DataError("The training data is too small to be split: a fold lacks a label.")
        fitted = _fit(rows[inside], labels[inside], weights[inside])
        sums[outside] = fitted.decision_function(rows[outside])
    return sums


def _platt(sums: Floats, labels: NDArray[np.int64], weights: Floats) -> tuple[float, float]:
    """Slope and offset that turn linear sums into chances (Platt, 1999)."""
    fitted = LogisticRegression(C=1e4).fit(sums[:, None], labels, sample_weight=weights)
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
    sums = _unseen_sums(rows, labels, weights, _folds(chosen))
    slope, offset = _platt(sums, labels, weights)
    fitted = _fit(rows, labels, weights)
    return Fitted(
        coefficients=fitted.coef_[0].astype(np.float64),
        bias=float(fitted.intercept_[0]),
        slope=slope,
        offset=offset,
        scores=logistic(sums * slope + offset),
        labels=labels,
        sources=[example.source for example in chosen],
    )


def thresholds(fitted: Fitted) -> dict[str, float]:
    """Choose hold_at and reject_at by how many unseen clean texts reach them."""
    clean = fitted.scores[fitted.labels == 0]
    hold = float(np.quantile(clean, 1 - HELD_CLEAN))
    reject = max(float(np.quantile(clean, 1 - REJECTED_CLEAN)), LEAST_REJECT)
    hold = round(min(max(hold, LEAST_HOLD), 0.98), 3)
    return {"hold_at": hold, "reject_at": round(min(max(reject, hold + 0.01), 0.995), 3)}


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
    return {
        "thresholds": {name: thresholds(fit) for name, fit in zip(ATTRIBUTES, fits, strict=True)},
        "sources": sources,
        "examples": {name: len(fit.labels) for name, fit in zip(ATTRIBUTES, fits, strict=True)},
    }


def train(data: Path, folder: Path) -> str:
    """Train on `data`/train and write the model into `folder`; return the model's version.

    The same data gives the same bytes. Raises DataError if a set is missing or malformed.
    """
    examples = read_training(data / "train")
    counted = matrix.count([example.text for example in examples])
    frequencies = matrix.inverse_frequencies(counted.counts, LEAST_TEXTS)
    rows = matrix.scale(counted, frequencies)
    fits = [fit_attribute(attribute, examples, rows) for attribute in ATTRIBUTES]
    weights = _weights(fits, frequencies, examples)
    return store.save(folder, weights, _describe(fits, examples))
