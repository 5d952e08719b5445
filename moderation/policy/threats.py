"""Recognise threats, calls for violence and dehumanising remarks by the form of the sentence.

The model was trained on too few of them (see its card). A match is held for a person, never
rejected: a comment may quote a threat to report it, and a pattern cannot tell.
"""

from functools import cache

from moderation.classifier.certainty import unquoted
from moderation.policy.grammar import Grammar
from moderation.policy.patterns import PATTERNS, words
from moderation.policy.reading import Span, merged

_WORDS_OF_A_REPORT = 6


def threats(text: str) -> list[Span]:
    """Return the spans of threats and calls, (start, end), in order and without overlaps.

    A quotation does not count if the rest of the text attributes it to somebody else, or if the
    author says something of their own and not to "you".
    """
    own = unquoted(text)
    if own != text and _reports(own):
        text = own
    return merged(_grammar().find(text))


def _reports(own: str) -> bool:
    """Whether what stands outside quotation marks is a report."""
    if _grammar().mentions(own, "REPORTED"):
        return True
    return len(own.split()) >= _WORDS_OF_A_REPORT and not _grammar().mentions(own, "SINGULAR_YOU")


@cache
def _grammar() -> Grammar:
    return Grammar(words(), PATTERNS)
