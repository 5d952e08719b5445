"""Attribute a score to the words of the original text.

The model is a sum over n-grams, so the weight of each can be shared among the words it covers.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.features import Grams
from moderation.classifier.segments import Segments
from moderation.classifier.text import READ_FIRST, READ_LAST, Letters, Tokens, fold, unmask

# A word is marked if it has this share of the strongest word's weight, and at least this weight.
MARKED_SHARE = 0.45
MARKED_LEAST = 0.02
# The shares from which it has strength 2 and 3.
STRONGER_FROM = (0.6, 0.8)
STRONGEST = 1 + len(STRONGER_FROM)


class Weighed(NamedTuple):
    """Characters `start` to `end` (exclusive) that stand out; strength: 1 to STRONGEST."""

    start: int
    end: int
    strength: int = STRONGEST


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` (exclusive) of the original text and their share of the score."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Explanation:
    """The parts of a score: score = base + signals + the sum of all span weights.

    base: the score of an empty text, lowered by the penalty if a segment decided the score.
    signals: the share of the handcrafted signals (links, capitals, length and so on).
    spans: one per word, in the order of the text, without overlaps. If a segment decided the
    score, all of them are in that segment.
    """

    attribute: str
    score: float
    base: float
    signals: float
    spans: tuple[Span, ...]

    def marked(self) -> list[tuple[int, int]]:
        """Return the spans (start, end) of the words that stand out, with neighbours joined."""
        return [(run[0].start, run[-1].end) for run in self._standing_out()]

    def weighed(self) -> list[Weighed]:
        """Return the same words with their strength; neighbours of one strength are joined."""
        strongest = max((span.weight for span in self.spans), default=0.0)
        return [
            Weighed(words[0].start, words[-1].end, strength)
            for run in self._standing_out()
            for strength, grouped in groupby(run, lambda span: _strength(span.weight / strongest))
            for words in [[*grouped]]
        ]

    def _standing_out(self) -> list[list[Span]]:
        """Return the words that stand out, in runs of neighbours."""
        strongest = max((span.weight for span in self.spans), default=0.0)
        least = max(strongest * MARKED_SHARE, MARKED_LEAST)
        runs: list[list[Span]] = []
        previous = -1
        for number, span in enumerate(self.spans):
            if span.weight < least:
                continue
            if runs and previous == number - 1:
                runs[-1].append(span)
            else:
                runs.append([span])
            previous = number
        return runs


def _strength(share: float) -> int:
    """Return the strength of a word with this share of the strongest one's weight."""
    return 1 + sum(share >= least for least in STRONGER_FROM)


def tokenize(segments: Segments) -> tuple[Letters, Tokens]:
    """Return the letters and the tokens, with origins, of these segments."""
    letters = unmask(segments.texts)
    return letters, fold(letters, with_origin=True)


def _original_offset(offset: int, length: int) -> int:
    """Convert an offset in the clipped text to one in the original text of this length."""
    return offset if offset < READ_FIRST else offset + max(0, length - READ_FIRST - READ_LAST)


def word_weights(tokens: Tokens, found: Grams, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share each n-gram's weight among the words it covers, by characters: (words,)."""
    words = np.searchsorted(tokens.token_starts, np.arange(len(tokens.codes)), side="right") - 1
    is_character = np.ones(len(tokens.codes), dtype=np.int64)
    is_character[np.append(tokens.token_starts - 1, len(tokens.codes) - 1)] = 0
    before = np.concatenate(([0], np.cumsum(is_character)))
    first, last = found.covered(tokens)
    end = last + 1
    share = weights / np.maximum(before[end] - before[first], 1)
    # A difference array: add a share at the first character, subtract it after the last.
    steps = np.bincount(first, share, len(tokens.codes) + 1)
    steps -= np.bincount(end, share, len(tokens.codes) + 1)
    each = np.cumsum(steps)[:-1] * is_character
    summed = np.bincount(np.maximum(words, 0), each, len(tokens.token_starts))
    return summed.astype(np.float64)


def spans(
    length: int, segments: Segments, tokens: Tokens, weights: NDArray[np.float64]
) -> tuple[Span, ...]:
    """Return the words' weights as spans of the original text of this length."""
    starts = tokens.token_starts
    if not len(starts):
        return ()
    ends = np.append(starts[1:] - 2, len(tokens.codes) - 2)
    # From offsets in the joined segments to offsets in the text that they were cut from.
    shifts = np.repeat(segments.shifts(), np.diff(tokens.text_starts))
    return tuple(
        Span(_original_offset(first, length), _original_offset(last, length) + 1, weight)
        for first, last, weight in zip(
            (tokens.origin[starts] + shifts).tolist(),
            (tokens.origin[ends] + shifts).tolist(),
            weights.tolist(),
            strict=True,
        )
    )
