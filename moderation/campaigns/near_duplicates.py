"""Compare texts by the words they share, however these are disguised.

MinHash (Broder 1997) with banding: two texts that share most of their words are likely to have a
signature in common, so similar texts are found by looking up a few numbers.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.text import clip, fold, unmask

BANDS = 8
ROWS = 3
# A shorter text is a remark that many people make: thanks, condolences, agreement.
MIN_WORDS = 12
SHINGLE_WORDS = 4
_MIN_WORD_LENGTH = 3
_STEM_LENGTH = 5


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


# Odd factors and shifts of a multiply-shift hash, the same on every machine.
_FACTORS = np.array([_hash(f"factor {n}") | 1 for n in range(BANDS * ROWS)], dtype=np.uint64)
_SHIFTS = np.array([_hash(f"shift {n}") for n in range(BANDS * ROWS)], dtype=np.uint64)


Stems = tuple[str, ...]
Shingles = frozenset[Stems]


def stems_of(texts: Sequence[str]) -> list[Stems]:
    """Return the stems of the folded words of each text, in order.

    A batch is folded in one pass. Any string is accepted.
    """
    tokens = fold(unmask([clip(text) for text in texts]))
    folded = tokens.codes.tobytes().decode("utf-32-le", "replace")
    ends = np.append(tokens.token_starts, len(folded))[tokens.text_starts]
    return [_stems(folded[start:end]) for start, end in pairwise(ends)]


def _stems(folded: str) -> Stems:
    return tuple(word[:_STEM_LENGTH] for word in folded.split() if len(word) >= _MIN_WORD_LENGTH)


def shingles(stems: Stems) -> Shingles:
    """Return all sequences of SHINGLE_WORDS consecutive stems."""
    return frozenset(zip(*(stems[place:] for place in range(SHINGLE_WORDS)), strict=False))


def without_shingles(stems: Stems, known: Shingles) -> frozenset[str]:
    """Return the stems that are not part of any `known` shingle."""
    covered: set[int] = set()
    for place in range(len(stems) - SHINGLE_WORDS + 1):
        if stems[place : place + SHINGLE_WORDS] in known:
            covered.update(range(place, place + SHINGLE_WORDS))
    return frozenset(stem for place, stem in enumerate(stems) if place not in covered)


def signatures(stems: Iterable[str], min_words: int = MIN_WORDS) -> list[int]:
    """Return a signed 64-bit number per band (BANDS of them); none for fewer than `min_words`.

    Two sets of stems with Jaccard similarity J have a number in common with probability
    1 - (1 - J**ROWS)**BANDS: 0.97 at 0.7, 0.86 at 0.6, 0.66 at 0.5, 0.03 at 0.15.
    """
    distinct = set(stems)
    if len(distinct) < min_words:
        return []
    hashes = np.array([_hash(stem) for stem in sorted(distinct)], dtype=np.uint64)
    mixed: NDArray[np.uint64] = (hashes[:, None] * _FACTORS + _SHIFTS) >> np.uint64(16)
    least = mixed.min(axis=0).reshape(BANDS, ROWS)
    return [
        int.from_bytes(
            blake2b(bytes([band]) + row.tobytes(), digest_size=8).digest(), "little", signed=True
        )
        for band, row in enumerate(least)
    ]


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard similarity, 0 to 1: words in common among all words of both."""
    return len(one & other) / len(one | other) if one and other else 0.0
