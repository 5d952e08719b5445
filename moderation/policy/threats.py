"""Recognise threats, calls for violence and dehumanising remarks by the form of the sentence.

The model was trained on too few of them (see its card). A match is held for a person, never
rejected: a comment may quote a threat to report it, and a pattern cannot tell.
"""

from functools import cache

from moderation.classifier.certainty import unquoted
from moderation.policy.grammar import Grammar
from moderation.policy.patterns import PATTERNS, words
from moderation.policy.reading import Span, merged


def threats(text: str) -> list[Span]:
    """Return the spans of threats and calls, (start, end), in order and without overlaps.

    A quotation does not count if the rest of the text attributes it to somebody else.
    """
    own = unquoted(text)
    if own != text and _grammar().mentions(own, "REPORTED"):
        text = own
    return merged(_grammar().find(text))


@cache
def _grammar() -> Grammar:
    return Grammar(words(), PATTERNS)
