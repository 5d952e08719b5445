"""Compute the evidence for a rejection: what remains of a score without its weakest grounds.

A high score may come from one link, one bad word in a short remark, one bad sentence in a long
comment, or words that the author only quotes. That is reason enough to hold a comment for a person,
but not to reject it automatically. The evidence is the score of the author's own words, if there
are enough of them.
"""

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import FOREIGN, LATIN
from moderation.classifier.text import Letters

# About ten words. In a shorter text one or two words decide the score; on dev the clean texts with
# the highest scores are shorter.
LEAST_LETTERS = 60
# With less evidence no site rejects a comment, so quotations need not be examined.
LEAST_EVIDENCE = 0.5

# One of the marks that `_MARKED` begins with.
_MARK = re.compile("[«„“\"'‘>]")
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
    """Replace with spaces what is in quotation marks, and lines that begin with ">"."""
    # Most texts quote nothing, and this search is several times as fast.
    return _MARKED.sub(_blank, text) if _MARK.search(text) else text


def own_words(text: str) -> str:
    """Replace quotations with spaces, including what follows "he wrote to me:"."""
    text = unquoted(text)
    return _REPORTED.sub(_blank, text) if ":" in text else text


def _blank(found: re.Match[str]) -> str:
    return " " * len(found.group())


def evidence(
    whole: Floats, by_segment: Floats, firsts: NDArray[np.int64], letters: Letters
) -> Floats:
    """Return log odds, (texts, attributes); minus infinity for a text with too few letters.

    `whole` and `by_segment` are the log odds of the texts and of their segments without the
    handcrafted signals, `firsts` is as in `Segments`, and `letters` are those of the segments. The
    result is the lower of the whole text's log odds and the mean of its segments': in a long text
    many faint resemblances add up.
    """
    sizes = letters.lengths[:, None]
    begins = firsts[:-1]
    total = np.maximum(np.add.reduceat(sizes, begins, axis=0), 1)
    mean = np.add.reduceat(by_segment * sizes, begins, axis=0) / total
    letter_counts = letters.kind_counts[:, LATIN : FOREIGN + 1].sum(axis=1)
    enough = np.add.reduceat(letter_counts, begins) >= LEAST_LETTERS
    return np.where(enough[:, None], np.minimum(whole, mean), -np.inf)


def without_quotations(
    texts: list[str], sure: Floats, rescore: Callable[[list[str]], Floats]
) -> Floats:
    """Lower `sure`, 0 to 1, of texts that quote to what `rescore` returns for their own words.

    Only texts with enough evidence are scored again, because that costs as much as the first time.
    """
    likely = np.flatnonzero(sure.max(axis=1) >= LEAST_EVIDENCE).tolist()
    own = {number: own_words(texts[number]) for number in likely}
    quoting = [number for number in likely if own[number] != texts[number]]
    if quoting:
        sure = sure.copy()
        found = rescore([own[number] for number in quoting])
        sure[quoting] = np.minimum(sure[quoting], found)
    return sure
