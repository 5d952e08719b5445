"""What is left of a score where only the author's own words count, and there are enough of them.

A high score may come from one link, one bad word in a short remark, one bad sentence in a long
comment, or from words that the author only quotes. That is enough to let a person look, and not to
reject a comment unread. What is left without all that is the evidence for a rejection.
"""

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import CYRILLIC, FOREIGN, LATIN
from moderation.classifier.text import Letters

# Letters in a text, about ten words: with fewer, one word or two decide the score. On dev the clean
# texts that score highest are shorter.
LEAST_LETTERS = 60
# Less evidence is not looked at more closely: no site rejects by it.
LEAST_EVIDENCE = 0.5

_MARKED = re.compile(
    r"«[^«»]*»|„[^„“”]*[“”]|“[^“”]*”|\"[^\"]*\"|(?<!\w)['‘][^'‘’\n]{2,300}['’](?!\w)|^>.*$",
    re.MULTILINE,
)
_REPORTED = re.compile(
    r"(?i)\b(?:пиш(?:уть?|ет)|(?:на)?писа[влн]\w{0,4}|каж(?:е|уть)|сказа[влн]\w{0,3}|говор\w{2,4}"
    r"|(?:по|у)?(?:гроз|грож)\w{2,6}|wrote|writes?|said|says?|told|called|threaten\w{0,3})\b"
    r"[^.!?:\n]{0,40}:[^\n]*"
)
Floats = NDArray[np.float64]


def unquoted(text: str) -> str:
    """The text with spaces for what stands in quotation marks or after ">" on a line."""
    return _MARKED.sub(_blank, text)


def own_words(text: str) -> str:
    """The text with spaces for what it quotes, also after "he wrote to me:"."""
    text = unquoted(text)
    return _REPORTED.sub(_blank, text) if ":" in text else text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def evidence(whole: Floats, by_part: Floats, firsts: NDArray[np.int64], letters: Letters) -> Floats:
    """Return log odds, (texts, attributes); minus infinity for too few letters.

    `whole` and `by_part` are the log odds of texts and of their parts without hand-made signals;
    `firsts` is as in `Parts`, `letters` are those of the parts. A long text must be bad in its
    parts on average: as a whole a faint likeness adds up, the more of it the longer it is.
    """
    sizes = letters.lengths[:, None]
    begins = firsts[:-1]
    total = np.maximum(np.add.reduceat(sizes, begins, axis=0), 1)
    mean = np.add.reduceat(by_part * sizes, begins, axis=0) / total
    spelled = letters.tallies[:, [LATIN, CYRILLIC, FOREIGN]].sum(axis=1)
    enough = np.add.reduceat(spelled, begins) >= LEAST_LETTERS
    return np.where(enough[:, None], np.minimum(whole, mean), -np.inf)


def without_quotations(
    texts: list[str], sure: Floats, again: Callable[[list[str]], Floats]
) -> Floats:
    """Return `sure`, 0 to 1, lowered to what `again` finds in the own words of texts that quote.

    Only where there is evidence at all: to read a text again costs as much as to read it.
    """
    likely = np.flatnonzero(sure.max(axis=1) >= LEAST_EVIDENCE).tolist()
    own = {number: own_words(texts[number]) for number in likely}
    quoting = [number for number in likely if own[number] != texts[number]]
    if quoting:
        sure = sure.copy()
        found = again([own[number] for number in quoting])
        sure[quoting] = np.minimum(sure[quoting], found)
    return sure
