"""Turn training examples into a sparse matrix of the features that scoring uses.

The difference: here a pair of words may cross the segments of a text.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from tqdm import tqdm

from moderation.classifier.features import BUCKETS, Grams, grams
from moderation.classifier.handcrafted import SIGNALS, count_signals
from moderation.classifier.text import clip, fold, unmask

_CHUNK = 512
# Weight of the signals relative to rows of unit length: enough to be learned, but not to dominate.
SIGNAL_SCALE = 0.5


@dataclass(frozen=True)
class Counted:
    """N-gram counts (texts x BUCKETS) and handcrafted signals (texts x len(SIGNALS))."""

    counts: sparse.csr_array
    signals: NDArray[np.float64]


def count(texts: Sequence[str], note: str = "counting n-grams") -> Counted:
    """Count the n-grams and signals of each text."""
    parts, handcrafted = [], [np.zeros((0, len(SIGNALS)))]
    for start in tqdm(range(0, len(texts), _CHUNK), desc=note, unit="chunk"):
        chunk = [clip(text) for text in texts[start : start + _CHUNK]]
        letters = unmask(chunk)
        parts.append(_counted(grams(fold(letters)), len(chunk)))
        handcrafted.append(count_signals(chunk, letters).signals())
    return Counted(sparse.csr_array(sparse.vstack(parts)), np.vstack(handcrafted))


def _counted(found: Grams, texts: int) -> sparse.csr_array:
    sizes = np.diff(found.bounds)
    rows = np.repeat(np.arange(len(sizes)) % texts, sizes)
    columns = found.buckets.astype(np.int64)
    ones = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_array(sparse.coo_array((ones, (rows, columns)), (texts, BUCKETS)))


def inverse_frequencies(counts: sparse.csr_array, least: int) -> NDArray[np.float64]:
    """Return the weight of each bucket, (BUCKETS,); 0 for those in fewer than `least` texts."""
    holding = np.bincount(counts.indices, minlength=BUCKETS)
    weights = np.log((1 + counts.shape[0]) / (1 + holding)) + 1
    return np.asarray(np.where(holding >= least, weights, 0.0))


def scale(counted: Counted, weights: NDArray[np.float64]) -> sparse.csr_array:
    """Return rows of about unit length over BUCKETS + len(SIGNALS) columns.

    Each occurrence counts separately, also in the length, so scoring does not need to sort.
    """
    counts = counted.counts
    squares = counts @ (weights**2)
    norms = np.sqrt(np.where(squares > 0, squares, 1.0))
    scaled = counts.data * weights[counts.indices] / np.repeat(norms, np.diff(counts.indptr))
    parts = (scaled.astype(np.float32), counts.indices, counts.indptr)
    handcrafted = sparse.csr_array((counted.signals * SIGNAL_SCALE).astype(np.float32))
    rows = sparse.csr_array(
        sparse.hstack((sparse.csr_array(parts, shape=counts.shape), handcrafted))
    )
    # Narrower integers make fitting about twice as fast.
    rows.indices, rows.indptr = rows.indices.astype(np.int32), rows.indptr.astype(np.int32)
    return rows
