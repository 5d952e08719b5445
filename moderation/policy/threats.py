"""Recognise threats, calls for violence and dehumanising remarks by the form of the sentence.

The model was trained on too few of them (see its card). A match is held for a person, never
rejected: a comment may quote a threat to report it, and a pattern cannot tell.
"""

from functools import cache

from moderation.classifier.certainty import unquoted
from moderation.policy.grammar import Grammar, Readings
from moderation.policy.patterns import PATTERNS, words
from moderation.policy.reading import Span, merged

_WORDS_OF_A_REMARK = 6


def threats(text: str) -> list[Span]:
    """Return the spans of threats and calls, (start, end), in order and without overlaps.

    A quotation does not count if the rest of the text reports or condemns it.
    """
    return merged(_heard(text).find())


def threatens(text: str, own_text: str = "") -> bool:
    """Whether a comment threatens; `own_text` is what it does not quote from its page, if known.

    What others have said on the page does not count if the author adds a remark, not to "you".
    Anything else in quotation marks may be the author's own: that has to be reported, as above.
    """
    heard = _heard(own_text or text)
    if own_text and not _is_remark(own_text, heard):
        heard = _heard(text)
    return any(heard.find())


def _heard(text: str) -> Readings:
    """Read a text; without its quotations if the rest is a report."""
    own = unquoted(text)
    if own != text and (report := _grammar().read(own)).mentions("REPORTED"):
        return report
    return _grammar().read(text)


def _is_remark(text: str, heard: Readings) -> bool:
    long = len(unquoted(text).split()) >= _WORDS_OF_A_REMARK
    return long and not heard.mentions("SINGULAR_YOU")


@cache
def _grammar() -> Grammar:
    return Grammar(words(), PATTERNS)
