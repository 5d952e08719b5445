"""The one definition of a link, for validation, policy, campaigns, desk and pages.

Pure, so that moderation.policy may use it. The classifier has a pattern of its own
(classifier.handcrafted): its weights were learnt with that one.
"""

import re
from collections.abc import Iterator

Span = tuple[int, int]

# A name of a site without http:// or www. counts under these: those of the country and its
# neighbours, and those that adverts have.
_ZONES = (
    "com|net|org|edu|gov|int|mil|info|biz|io|ua|ru|eu|uk|pl|de|xyz|site|online|shop|club|store|"
    "click|pro|cc|co|tv|app|dev|website|vip|bet|casino|укр|рф|бел"
)
# These are English words too: not where somebody has left out the space before a sentence.
_WORDS_THAT_ARE_ZONES = "me|in|us|top|link|live|space|fun|win|work|today|media"
_INSIDE = r"[^\s<>\"'«»„“”]"
# To be part of another pattern, which ignores case. What stands around an address may be caught
# with it: see `trimmed`.
LINK = (
    rf"(?:https?://(?:\w|\[[\w:])|(?<![\w@.-])www\.\w){_INSIDE}*"
    rf"|(?<![\w@.-])(?<!://)[\w-]+(?:\.[\w-]+)*\.(?:{_ZONES}|(?!(?-i:[A-Z][a-z]))(?:{_WORDS_THAT_ARE_ZONES}))"
    rf"(?![\w@-])(?:[/?#]{_INSIDE}*)?"
)
_LINK = re.compile(LINK, re.IGNORECASE)
# Without one of these no link is in a text, which is soon seen.
_MAY_HAVE_ONE = re.compile(r"\w\.\w|://")
_OPENING = {")": "(", "]": "[", "}": "{"}
_TRAILING = frozenset(".,:;!?…*’‘›‹'\"«»„“”`") | _OPENING.keys()


def links(text: str) -> list[Span]:
    """Where links stand (start, end): addresses, and names of sites that are written alone."""
    return list(_links(text)) if _MAY_HAVE_ONE.search(text) else []


def trimmed(address: str) -> str:
    """An address without the signs after it; a closing bracket stays that it has opened."""
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
