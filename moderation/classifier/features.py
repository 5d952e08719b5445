"""Turn tokens into hashed n-grams.

Hashing needs no vocabulary, so the shipped model contains no words of its training texts.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import SPACE
from moderation.classifier.text import READ_FIRST, READ_LAST, Tokens

BITS = 19
BUCKETS = 1 << BITS
LONGEST = 5
FORMAT = 2

_PRIME = np.uint32(0x01000193)
# Enough for a token that fills the whole text, and the space after it.
_POWERS = np.append(
    np.uint32(1), np.cumprod(np.full(READ_FIRST + READ_LAST, _PRIME), dtype=np.uint32)
)
_SCATTER = np.uint32(0x9E3779B1)
_SHIFT = np.uint32(32 - BITS)
_SALTS = np.array([0, 0, 0x51ED270B, 0xA3D8A4C1, 0x2545F491, 0x7C15D1B5], dtype=np.uint32)
_WORD_SALT = np.uint32(0x68E31DA4)
_PAIR_SALT = np.uint32(0xB5297A4D)
_PAIR_PRIME = np.uint32(0x1B56C4E9)


@dataclass(frozen=True)
class Grams:
    """The occurrences of one kind of n-gram in a batch, in the order of the texts.

    buckets: the hash bucket of each, below BUCKETS.
    first, last: the characters of `Tokens` that each covers, both inclusive.
    bounds: the first occurrence of each text (length: texts + 1).
    """

    buckets: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    bounds: NDArray[np.int64]


def _mix(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    mixed = codes * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed


def _bucket(hashes: NDArray[np.uint32]) -> NDArray[np.int64]:
    scattered = (hashes ^ (hashes >> np.uint32(15))) * _SCATTER
    return (scattered >> _SHIFT).astype(np.int64)


def _word_hashes(mixed: NDArray[np.uint32], tokens: Tokens) -> NDArray[np.uint32]:
    """Hash each token: the sum of its characters, weighted by powers of a prime."""
    starts = tokens.token_starts
    sizes = np.append(starts[1:], len(mixed)) - starts
    place = np.arange(1, len(mixed)) - np.repeat(starts, sizes)
    weighted = mixed[1:] * _POWERS.take(place) * (tokens.codes[1:] != SPACE)
    return np.add.reduceat(weighted, starts - 1, dtype=np.uint32)


def grams(tokens: Tokens) -> list[Grams]:
    """Hash a batch: character n-grams of length 2 to 5 within words, words, and word pairs."""
    if not len(tokens.token_starts):
        return []
    mixed = _mix(tokens.codes)
    return [*_character_grams(mixed, tokens), *_word_grams(mixed, tokens)]


def sum_by_text(table: NDArray[np.float32], found: list[Grams], count: int) -> NDArray[np.float64]:
    """Sum the table's rows, (BUCKETS, width), over the n-grams of each text: (count, width).

    The sum of a text does not depend on the rest of the batch.
    """
    total = np.zeros((count, table.shape[1]))
    for kind in found:
        text_begins, nonempty = kind.bounds[:-1], kind.bounds[1:] > kind.bounds[:-1]
        rows = table.take(kind.buckets, axis=0)
        if nonempty.all():
            total += np.add.reduceat(rows, text_begins, axis=0)
        elif nonempty.any():
            total[nonempty] += np.add.reduceat(rows, text_begins[nonempty], axis=0)
    return total


def _character_grams(mixed: NDArray[np.uint32], tokens: Tokens) -> Iterator[Grams]:
    """Yield character n-grams, one size at a time."""
    space = tokens.codes == SPACE
    length = len(mixed)
    # Each text begins at the space before its first token.
    text_begins = np.append(tokens.token_starts - 1, length).take(tokens.text_starts)
    rolling, whole = mixed, ~(space[:-1] & space[1:])
    for size in range(2, min(LONGEST, length) + 1):
        rolling = rolling[:-1] * _PRIME + mixed[size - 1 :]
        if size > 2:
            # An n-gram may have a space at either end, but not inside.
            whole = whole[:-1] & ~space[size - 2 : length - 1]
        first = whole.nonzero()[0]
        buckets = _bucket(rolling.take(first) ^ _SALTS[size])
        yield Grams(buckets, first, first + (size - 1), first.searchsorted(text_begins))


def _word_grams(mixed: NDArray[np.uint32], tokens: Tokens) -> Iterator[Grams]:
    """Yield words, then pairs of neighbouring words of one text."""
    starts, bounds = tokens.token_starts, tokens.text_starts
    words = _word_hashes(mixed, tokens)
    ends = np.append(starts[1:] - 2, len(mixed) - 2)
    yield Grams(_bucket(words ^ _WORD_SALT), starts, ends, bounds)
    joined = np.ones(len(starts) + 1, dtype=np.bool_)
    joined[bounds] = False
    # The first word of a text makes no pair with the word before it.
    second = joined[:-1].nonzero()[0]
    pairs = words.take(second - 1) * _PAIR_PRIME + words.take(second)
    first, last = starts.take(second - 1), ends.take(second)
    yield Grams(_bucket(pairs ^ _PAIR_SALT), first, last, second.searchsorted(bounds))
