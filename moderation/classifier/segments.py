"""Cut a comment into parts of a sentence or two, so that one bad sentence is not lost in many good.

Scored as a whole only, an insult or an advert after a page of plain words weighs next to nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.text import GAP

# Characters. A part that is shorter has too few words to be judged by.
LEAST = 30
# A text that hardly exceeds the least is one part, and so is what is left at the end of one.
REST = 12
# A longer sentence, or a text without any full stop, is cut between words.
LONG, BETWEEN_WORDS = 150, 90
# The worst of many parts is bad by chance more often: its odds count for 1 / (how many ** PENALTY).
# 1 would be Bonferroni's correction, for parts that have nothing to do with one another. On dev 0.5
# to 1 and a LEAST of 8 to 60 rank alike; these find much that is buried in a long text, while under
# 2 % of honest English comments are held.
PENALTY = 0.5

# Any space there is: one that does not break looks the same to a reader. No mark is repeated here,
# or a page of dots would be read anew from each of them.
_END = re.compile(r"[.!?…]\s+|\n+")
# Not in the midst of a phone number or a sum.
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_MARK = re.compile(r"\W")


@dataclass(frozen=True)
class Parts:
    """A batch of texts cut up: `texts` are all parts in order, `starts` the place of each in its
    text, `firsts` the number of each text's first part (length: texts + 1).
    """

    texts: list[str]
    starts: list[int]
    firsts: NDArray[np.int64]

    def penalties(self) -> NDArray[np.float64]:
        """What each part's log odds are lowered by, (parts,), for being one of many in its text."""
        counts = np.diff(self.firsts)
        return np.repeat(PENALTY * np.log(counts), counts)

    def shifts(self) -> NDArray[np.int64]:
        """How far each part stands in its text from where it stands among parts that were read."""
        lengths = np.array([len(text) for text in self.texts], dtype=np.int64)
        read_at = np.cumsum(lengths + GAP) - (lengths + GAP)
        return np.array(self.starts, dtype=np.int64) - read_at

    def only(self, number: int) -> "Parts":
        """One part by itself."""
        one = slice(number, number + 1)
        return Parts(self.texts[one], self.starts[one], np.array([0, 1]))


def cut(texts: Sequence[str]) -> Parts:
    """Cut each text; joined together its parts are the text again. An empty text is one part."""
    parts: list[str] = []
    starts: list[int] = []
    firsts = [0]
    for text in texts:
        cuts = _cuts(text)
        starts += cuts
        for number, start in enumerate(cuts[1:]):
            parts.append(text[cuts[number] : start])
        parts.append(text[cuts[-1] :])
        firsts.append(len(parts))
    return Parts(parts, starts, np.array(firsts, dtype=np.int64))


def _cuts(text: str) -> list[int]:
    """Where the parts begin: at 0, and in order."""
    cuts = [0]
    last = len(text) - REST
    while found := _END.search(text, cuts[-1] + LEAST - 1, last):
        _cut_between_words(text, cuts, found.end())
        cuts.append(found.end())
    _cut_between_words(text, cuts, len(text))
    return cuts


def _cut_between_words(text: str, cuts: list[int], end: int) -> None:
    """After a space; where there is none, after a mark; where there is none, anywhere."""
    while end - cuts[-1] > LONG:
        first, last = cuts[-1] + BETWEEN_WORDS, cuts[-1] + LONG
        # A long link is left whole if it can be.
        found = _SPACE.search(text, first, min(last + LONG, end - REST))
        found = found or _MARK.search(text, first, last)
        cuts.append(found.end() if found else last)
