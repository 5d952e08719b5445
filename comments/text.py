"""The one definition of a link, for validation, policy, campaigns, desk and pages.

Imports nothing of the project, so moderation.policy may use it. The classifier has its own pattern
(classifier.handcrafted), with which its weights were trained.
"""

import re
from collections.abc import Iterator

Span = tuple[int, int]

# Host names without http:// or www. count as links under these domains: those of Ukraine and its
# neighbours, and those common in spam.
_ZONES = (
    "com|net|org|edu|gov|int|mil|info|biz|io|ua|ru|eu|uk|pl|de|xyz|site|online|shop|club|store|"
    "click|pro|cc|co|tv|app|dev|website|vip|bet|casino|укр|рф|бел"
)
# Also English words: they do not count when a missing space joins two sentences.
_WORDS_THAT_ARE_ZONES = "me|in|us|top|link|live|space|fun|win|work|today|media"
# A Markdown link has another address after "](".
_INSIDE = r"(?:(?!\]\()[^\s<>\"'«»„“”])"
# For use in a case-insensitive pattern. Punctuation around an address may be matched
# with it: see `trimmed`.
LINK = (
    rf"(?:https?://(?:\w|\[[\w:])|(?<![\w@.-])www\.\w){_INSIDE}*"
    rf"|(?<![\w@.-])(?<!://)[\w-]+(?:\.[\w-]+)*\.(?:{_ZONES}|(?!(?-i:[A-Z][a-z]))(?:{_WORDS_THAT_ARE_ZONES}))"
    rf"(?![\w@-])(?:[/?#]{_INSIDE}*)?"
)
_LINK = re.compile(LINK, re.IGNORECASE)
# A quick test: a text without a match has no links.
_MAY_HAVE_ONE = re.compile(r"\w\.\w|://")
_OPENING = {")": "(", "]": "[", "}": "{"}
_TRAILING = frozenset(".,:;!?…*’‘›‹'\"«»„“”`") | _OPENING.keys()


def links(text: str) -> list[Span]:
    """Return the positions (start, end) of all URLs and bare host names."""
    return list(_links(text)) if _MAY_HAVE_ONE.search(text) else []


def trimmed(address: str) -> str:
    """Strip trailing punctuation from an address, except brackets that it opened."""
    counts = {end: address.count(begin) - address.count(end) for end, begin in _OPENING.items()}
    end = len(address)
    while end and (sign := address[end - 1]) in _TRAILING and counts.get(sign, -1) < 0:
        if sign in counts:
            counts[sign] += 1
        end -= 1
    return address[:end]


def _links(text: str) -> Iterator[Span]:
    for found in _LINK.finditer(text):
        yield found.start(), found.start() + len(trimmed(found[0]))
