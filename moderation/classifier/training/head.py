"""Fit the embedding judge's head: logistic regression plus small networks, on embeddings."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from moderation.classifier.embedding_judge import Head
from moderation.classifier.judge import Floats

# The lengths that embeddings of unit length are scaled to, which sets the regularisation.
_LINEAR_SCALE, _NETWORK_SCALE = 5.0, 20.0
UNITS, NETWORKS, EPOCHS = 128, 2, 6
Embeddings = NDArray[np.float32]


@dataclass(frozen=True)
class Sample:
    """Embeddings (texts, WIDTH) with a label and a weight each."""

    embeddings: Embeddings
    labels: NDArray[np.int64]
    weights: Floats

    def only(self, rows: NDArray[np.int64]) -> "Sample":
        return Sample(self.embeddings[rows], self.labels[rows], self.weights[rows])


def fit(sample: Sample) -> Head:
    """Return a head for one attribute: the mean of a linear model and of the networks' mean."""
    with warnings.catch_warnings():
        # A few epochs are meant: more learn the training sets by heart.
        warnings.simplefilter("ignore", ConvergenceWarning)
        linear, networks = _linear(sample), [_network(sample, n) for n in range(NETWORKS)]
    share = 1 / (2 * NETWORKS)
    hidden, output = zip(*(each.coefs_ for each in networks), strict=True)
    inner, last = zip(*(each.intercepts_ for each in networks), strict=True)
    bias = linear.intercept_[0] / 2 + share * sum(each[0] for each in last)
    return Head(
        linear=(linear.coef_.T * _LINEAR_SCALE / 2).astype(np.float32),
        bias=np.array([bias], dtype=np.float32),
        hidden=(np.hstack(hidden) * _NETWORK_SCALE)[:, :, None].astype(np.float16),
        hidden_bias=np.concatenate(inner)[:, None].astype(np.float32),
        output=(np.vstack(output) * share).astype(np.float32),
    )


def _linear(sample: Sample) -> LogisticRegression:
    fitted = LogisticRegression(C=1, max_iter=300)
    fitted.fit(sample.embeddings * _LINEAR_SCALE, sample.labels, sample_weight=sample.weights)
    return fitted


def _network(sample: Sample, seed: int) -> MLPClassifier:
    fitted = MLPClassifier((UNITS,), alpha=0.01, batch_size=512, max_iter=EPOCHS, random_state=seed)
    fitted.fit(sample.embeddings * _NETWORK_SCALE, sample.labels, sample_weight=sample.weights)
    return fitted


def joined(heads: Sequence[Head]) -> Head:
    """Return one head for all attributes, in the order of the heads for one."""
    return Head(
        linear=np.concatenate([head.linear for head in heads], axis=-1),
        bias=np.concatenate([head.bias for head in heads]),
        hidden=np.concatenate([head.hidden for head in heads], axis=-1),
        hidden_bias=np.concatenate([head.hidden_bias for head in heads], axis=-1),
        output=np.concatenate([head.output for head in heads], axis=-1),
    )
