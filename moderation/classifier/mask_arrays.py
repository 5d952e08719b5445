"""Helpers for boolean arrays that have one entry per character."""

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Positions = NDArray[np.int64]


def before(values: Mask, by: int = 1) -> Mask:
    """Whether the entry `by` positions earlier is set."""
    out = np.zeros_like(values)
    out[by:] = values[:-by] if len(values) >= by else values[:0]
    return out


def after(values: Mask, by: int = 1) -> Mask:
    """Whether the entry `by` positions later is set."""
    out = np.zeros_like(values)
    if len(values) > by:
        out[:-by] = values[by:]
    return out


def words_around(places: Positions, letter: Mask) -> tuple[Positions, Positions]:
    """Return the start and the end (exclusive) of the word around each of these letters.

    The last entry must not be a letter.
    """
    edges = (~letter).nonzero()[0]
    following = edges.searchsorted(places)
    return np.where(following > 0, edges[following - 1] + 1, 0), edges[following]


def runs(values: Mask) -> tuple[Positions, Positions]:
    """Return the first and the one-past-last index of each run of set entries."""
    padded = np.zeros(len(values) + 2, dtype=np.bool_)
    padded[1:-1] = values
    edges = (padded[1:] != padded[:-1]).nonzero()[0]
    return edges[0::2], edges[1::2]
