"""Turn tokens into hashed n-grams.

Hashing needs no vocabulary, so the shipped model contains no words of its training texts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import SPACE
from moderation.classifier.mask_arrays import Mask
from moderation.classifier.text import Tokens

BITS = 19
BUCKETS = 1 << BITS
LONGEST = 5
FORMAT = 2

_PRIME = np.uint32(0x01000193)
_SCATTER = np.uint32(0x9E3779B1)
_SHIFT = np.uint32(32 - BITS)
# The kinds of n-grams: characters by length, 2 to LONGEST, then words, then pairs of words.
_SIZES = range(2, LONGEST + 1)
_WORDS, _PAIRS = len(_SIZES), len(_SIZES) + 1
_KINDS = _PAIRS + 1
_SALTS = np.array(
    [0x51ED270B, 0xA3D8A4C1, 0x2545F491, 0x7C15D1B5, 0x68E31DA4, 0xB5297A4D], dtype=np.uint32
)[:, None]
_ROWS = np.arange(_KINDS)[:, None]
_PAIR_PRIME = np.uint32(0x1B56C4E9)


_Hashes = NDArray[np.uint32]


def _powers(count: int) -> tuple[_Hashes, _Hashes]:
    """Return the first powers of the prime, and of its inverse modulo 2 ** 32."""
    factors = np.full((2, count), _PRIME)
    factors[1] = pow(int(_PRIME), -1, 1 << 32)
    factors[:, 0] = 1
    powers, inverses = np.cumprod(factors, axis=1, dtype=np.uint32)
    return powers, inverses


# Enough for most batches; for a larger one they are computed again.
_PREPARED = 1 << 17
_POWERS = _powers(_PREPARED)


@dataclass(frozen=True)
class Grams:
    """The n-grams of a batch: one kind after another, those of a kind in the order of the texts.

    padded: the hash bucket of each, below BUCKETS, and one more after the last.
    cells: the kind of each times `length`, plus the character of `Tokens` at which it begins: for a
    word the space before it, for a pair the space between. In ascending order.
    bounds: the first n-gram of each text, for one kind after another, and the end of the last
    (length: kinds * texts + 1).
    length: the number of characters in `Tokens`.
    """

    padded: NDArray[np.uint32]
    cells: NDArray[np.int64]
    bounds: NDArray[np.int64]
    length: int

    @property
    def buckets(self) -> NDArray[np.uint32]:
        """The hash bucket of each n-gram."""
        return self.padded[:-1]

    def covered(self, tokens: Tokens) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the first and the last character that each n-gram covers, both inclusive."""
        kinds, first = np.divmod(self.cells, self.length)
        last = first + kinds + 1
        words, pairs = kinds >= _WORDS, kinds[kinds >= _WORDS] == _PAIRS
        numbers = tokens.token_starts.searchsorted(first[words])
        first[words] = tokens.token_starts.take(numbers - pairs)
        last[words] = _spaces(tokens).take(numbers + 1) - 1
        return first, last


def _spaces(tokens: Tokens) -> NDArray[np.int64]:
    """Return the places of all spaces: before each token, and after the last."""
    return np.concatenate((tokens.token_starts, [len(tokens.codes)])) - 1


def _mix(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    mixed = codes * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed


def _bucket(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    hashes ^= hashes >> np.uint32(15)
    hashes *= _SCATTER
    hashes >>= _SHIFT
    return hashes


def grams(tokens: Tokens) -> Grams:
    """Hash a batch: character n-grams of length 2 to 5 within words, words, and word pairs."""
    mixed, spaces = _mix(tokens.codes), _spaces(tokens)
    length = len(mixed)
    # A row for each kind and a column for each character, so that all are picked in one call.
    hashes = np.empty((_KINDS, length), dtype=np.uint32)
    kept = np.zeros((_KINDS, length), dtype=np.bool_)
    _character_grams(mixed, tokens.codes != SPACE, hashes, kept)
    hashes[_WORDS, spaces[:-1]] = words = _word_hashes(mixed, spaces)
    hashes[_PAIRS, spaces[1:-1]] = words[:-1] * _PAIR_PRIME + words[1:]
    begins = spaces.take(tokens.text_starts[:-1])
    kept[_WORDS:, spaces[:-1]] = True
    # The first word of a text makes no pair with the word before it.
    kept[_PAIRS, begins] = False
    # Nothing begins at the last space, so it can stand for the end.
    kept[_PAIRS, -1] = True
    hashes ^= _SALTS
    cells = kept.ravel().nonzero()[0]
    firsts = (_ROWS * length + begins).ravel()
    bounds = cells.searchsorted(np.concatenate((firsts, [kept.size - 1])))
    return Grams(_bucket(hashes.ravel().take(cells)), cells[:-1], bounds, length)


def _character_grams(mixed: _Hashes, letter: Mask, hashes: _Hashes, kept: Mask) -> None:
    """Fill in the rows of the character n-grams."""
    rolling, whole = mixed, np.ones(len(mixed), dtype=np.bool_)
    for row, size in enumerate(_SIZES[: len(mixed) - 1]):
        begins = slice(0, 1 - size)
        rolling = np.multiply(rolling[:-1], _PRIME, out=hashes[row, begins])
        rolling += mixed[size - 1 :]
        # An n-gram may have a space at either end, but not inside.
        inside = whole[:-1] if size == 2 else whole[:-1] & letter[size - 2 : -1]
        kept[row, begins] = whole = inside


def _word_hashes(mixed: _Hashes, spaces: NDArray[np.int64]) -> _Hashes:
    """Hash each token: the sum of its characters, weighted by powers of a prime.

    It is a difference of sums over the batch, divided by the power at the token's start.
    """
    count = len(mixed)
    powers, inverses = _POWERS if count <= _PREPARED else _powers(count)
    summed = np.cumsum(mixed * powers[:count], dtype=np.uint32)
    before = summed.take(spaces[:-1])
    return (summed.take(spaces[1:] - 1) - before) * inverses.take(spaces[:-1] + 1)


def sum_by_text(table: NDArray[np.float32], found: Grams, count: int) -> NDArray[np.float64]:
    """Sum the table's rows, (BUCKETS, width), over the n-grams of each text: (count, width).

    The sum of a text does not depend on the rest of the batch.
    """
    # No bucket is out of range; this mode is the fastest.
    rows = table.take(found.padded, axis=0, mode="clip")
    bounds = found.bounds
    sums = np.add.reduceat(rows, bounds, axis=0)[:-1]
    # If nothing is to be summed, `reduceat` returns a row that belongs to another text.
    sums[bounds[1:] == bounds[:-1]] = 0
    return np.asarray(sums.reshape(_KINDS, count, -1).sum(axis=0, dtype=np.float64))
