"""Attribute a judge's log odds to the words of a text, by what it says without each of them.

It takes as many calls as words, so it works for any judge (Li, Monroe and Jurafsky, 2016).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from moderation.classifier.judge import Floats, Judge
from moderation.classifier.scores import Language

# A longer text is split into this many parts of several words, so that the time is bounded.
MAX_PARTS = 48
# A bound of the time: each word takes a call, and only those up to here are tried.
READ = 1000
_WORD = re.compile(r"\w[\w'’ʼ-]*")


@dataclass(frozen=True)
class Attributed:
    """What a judge says about a text, and what each part of it adds.

    attributes: those that the judge has.
    log_odds, empty: of the text and of an empty one, (attributes,).
    parts: (start, end) of each, in order; adds: (parts, attributes).
    """

    attributes: tuple[str, ...]
    log_odds: Floats
    empty: Floats
    parts: list[tuple[int, int]]
    adds: Floats

    def about(self, attribute: str) -> tuple[float, float, Floats]:
        """Return the three for one attribute, zeros for one that the judge does not have."""
        if attribute not in self.attributes:
            return 0.0, 0.0, np.zeros(len(self.parts))
        column = self.attributes.index(attribute)
        return float(self.log_odds[column]), float(self.empty[column]), self.adds[:, column]


def attribute(judge: Judge, text: str, language: Language) -> Attributed:
    """Ask the judge about the text, an empty one, and the text without each part."""
    parts = list(_parts(text[:READ]))
    without = [text[:start] + text[end:] for start, end in parts]
    texts = [text, "", *without]
    found = judge.ask(texts, [language] * len(texts)).log_odds
    return Attributed(judge.attributes, found[0], found[1], parts, found[0] - found[2:])


def _parts(text: str) -> Iterator[tuple[int, int]]:
    words = [found.span() for found in _WORD.finditer(text)]
    size = -(-len(words) // MAX_PARTS) or 1
    for first in range(0, len(words), size):
        yield words[first][0], words[min(first + size, len(words)) - 1][1]
