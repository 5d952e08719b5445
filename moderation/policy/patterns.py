"""The patterns of threats, calls for violence and bait to self-harm, and their words.

The classes of words are in the files of `lexicon/threats`; folding and the meaning of a pattern are
explained in `grammar`.
"""

from moderation.policy import (
    call_patterns,
    english_call_patterns,
    english_patterns,
    hatred_patterns,
    self_harm_patterns,
    threat_patterns,
    veiled_patterns,
    violence_patterns,
)
from moderation.policy.lexicon import classes, verb_classes

PATTERNS = (
    *threat_patterns.PATTERNS,
    *english_patterns.PATTERNS,
    *veiled_patterns.PATTERNS,
    *call_patterns.PATTERNS,
    *english_call_patterns.PATTERNS,
    *self_harm_patterns.PATTERNS,
    *hatred_patterns.PATTERNS,
    *violence_patterns.PATTERNS,
)
_LISTS = (
    "people",
    "threats",
    "outcomes",
    "english",
    "veiled",
    "calls",
    "self_harm",
    "violence",
    "context",
)


def words() -> dict[str, str]:
    """Return the words of each class, separated by spaces; a star stands for any ending."""
    found: dict[str, str] = verb_classes("threats/verbs")
    for name in _LISTS:
        for kind, listed in classes(f"threats/{name}").items():
            found[kind] = f"{found.get(kind, '')} {listed}"
    return found
