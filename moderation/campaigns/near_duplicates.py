"""Whether two texts are one text rewritten: by the words that they share, disguised or not.

Words that a text has from elsewhere, in runs, can be left out before the two are compared.
MinHash (Broder 1997) with banding: texts that share most of their words share a band, so that
the like of a text is found by looking a few numbers up.
"""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.text import clip, fold, read

BANDS = 8
ROWS = 3
# A shorter text is a remark that many people make: thanks, condolences, agreement.
LEAST_WORDS = 12
# So many words in a row that two texts share were taken over from one by the other.
RUN = 4
_SHORTEST = 3
_STEM = 5


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


# Odd factors and shifts of a multiply-shift hash, the same on every machine.
_FACTORS = np.array([_number(f"factor {n}") | 1 for n in range(BANDS * ROWS)], dtype=np.uint64)
_SHIFTS = np.array([_number(f"shift {n}") for n in range(BANDS * ROWS)], dtype=np.uint64)


Stems = tuple[str, ...]
Runs = frozenset[Stems]


def words(texts: Sequence[str]) -> list[Stems]:
    """What each text is made of: the stems of its folded words, in their order.

    A batch is folded at once. Any string is accepted.
    """
    tokens = fold(read([clip(text) for text in texts]))
    laid = tokens.codes.tobytes().decode("utf-32-le", "replace")
    ends = np.append(tokens.token_starts, len(laid))[tokens.text_starts]
    return [_stems(laid[start:end]) for start, end in pairwise(ends)]


def _stems(laid: str) -> Stems:
    return tuple(word[:_STEM] for word in laid.split() if len(word) >= _SHORTEST)


def runs(stems: Stems) -> Runs:
    """All rows of RUN words."""
    return frozenset(zip(*(stems[place:] for place in range(RUN)), strict=False))


def without(stems: Stems, elsewhere: Runs) -> frozenset[str]:
    """The words of a text but for those in runs that stand elsewhere too."""
    taken: set[int] = set()
    for place in range(len(stems) - RUN + 1):
        if stems[place : place + RUN] in elsewhere:
            taken.update(range(place, place + RUN))
    return frozenset(stem for place, stem in enumerate(stems) if place not in taken)


def traces(words_of_text: Iterable[str]) -> list[int]:
    """One signed 64-bit number a band (BANDS of them); none for fewer than LEAST_WORDS words.

    Two sets of words that overlap by J (Jaccard) have a number in common with probability
    1 - (1 - J**ROWS)**BANDS: 0.97 at 0.7, 0.86 at 0.6, 0.66 at 0.5, 0.03 at 0.15.
    """
    stems = set(words_of_text)
    if len(stems) < LEAST_WORDS:
        return []
    hashes = np.array([_number(stem) for stem in sorted(stems)], dtype=np.uint64)
    mixed: NDArray[np.uint64] = (hashes[:, None] * _FACTORS + _SHIFTS) >> np.uint64(16)
    least = mixed.min(axis=0).reshape(BANDS, ROWS)
    return [
        int.from_bytes(
            blake2b(bytes([band]) + row.tobytes(), digest_size=8).digest(), "little", signed=True
        )
        for band, row in enumerate(least)
    ]


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words in common among all words of both (Jaccard), 0..1."""
    return len(one & other) / len(one | other) if one and other else 0.0
