"""Cut a comment into segments of a sentence or two, so that one bad sentence is not diluted.

If only the whole text were scored, an insult or advert after a page of plain words would count for
next to nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.text import GAP

# In characters. A shorter segment has too few words to score.
LEAST = 30
# The end of a text is at least this long, or it stays with the segment before it.
LEAST_END = 12
# A longer sentence, or text without full stops, is cut between words, after at least so many.
LONG, BETWEEN_WORDS = 150, 90
# The worst of many segments is more often high by chance, so its odds are divided by
# count ** PENALTY. 1 would be Bonferroni's correction for independent segments. On dev, values of
# 0.5 to 1 and a LEAST of 8 to 60 rank alike; these find many bad sentences in long texts while
# fewer than 2 % of clean English comments are held.
PENALTY = 0.5

# Any space, including the non-breaking one. A single mark, not a run, which would make a page of
# dots take quadratic time.
# Written so that it begins with a set of characters: those are searched several times as fast.
_END = re.compile(r"[.!?…\n](?:(?<=\n)\n*|(?<!\n)\s+)")
# Not within a phone number or a sum.
_SPACE = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_MARK = re.compile(r"\W")


@dataclass(frozen=True)
class Segments:
    """A batch of texts cut into segments.

    texts: the segments of all texts, in order.
    starts: the offset of each in its text.
    firsts: the number of each text's first segment (length: texts + 1).
    """

    texts: list[str]
    starts: list[int]
    firsts: NDArray[np.int64]

    def penalties(self) -> NDArray[np.float64]:
        """Return what to subtract from the log odds of each segment, (segments,)."""
        counts = np.diff(self.firsts)
        return np.repeat(PENALTY * np.log(counts), counts)

    def shifts(self) -> NDArray[np.int64]:
        """Return what to add to an offset in the joined segments to get one in their text."""
        lengths = np.array([len(text) for text in self.texts], dtype=np.int64)
        joined_at = np.cumsum(lengths + GAP) - (lengths + GAP)
        return np.array(self.starts, dtype=np.int64) - joined_at

    def only(self, number: int) -> "Segments":
        """Return one segment by itself."""
        one = slice(number, number + 1)
        return Segments(self.texts[one], self.starts[one], np.array([0, 1]))


def cut(texts: Sequence[str]) -> Segments:
    """Cut each text; its segments joined are the text again. An empty text is one segment."""
    segments: list[str] = []
    starts: list[int] = []
    firsts = [0]
    for text in texts:
        cuts = _cuts(text)
        starts += cuts
        for number, start in enumerate(cuts[1:]):
            segments.append(text[cuts[number] : start])
        segments.append(text[cuts[-1] :])
        firsts.append(len(segments))
    return Segments(segments, starts, np.array(firsts, dtype=np.int64))


def _cuts(text: str) -> list[int]:
    """Return where the segments begin, in order; the first is 0."""
    cuts = [0]
    last = len(text) - LEAST_END
    while found := _END.search(text, cuts[-1] + LEAST - 1, last):
        end = found.end()
        if end - cuts[-1] > LONG:
            _cut_between_words(text, cuts, end)
        cuts.append(end)
    _cut_between_words(text, cuts, len(text))
    return cuts


def _cut_between_words(text: str, cuts: list[int], end: int) -> None:
    """Add cuts after a space; if there is none, after a mark; if there is none, anywhere."""
    while end - cuts[-1] > LONG:
        first, last = cuts[-1] + BETWEEN_WORDS, cuts[-1] + LONG
        # A long link stays whole if possible.
        found = _SPACE.search(text, first, min(last + LONG, end - LEAST_END))
        found = found or _MARK.search(text, first, last)
        cuts.append(found.end() if found else last)
