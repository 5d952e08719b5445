"""What an address tells by itself: what its host and path say, where it ends, whom it resembles."""

import ipaddress
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote, urlsplit

from moderation.classifier.characters import CYRILLIC, KIND, LATIN, LATIN_TWIN
from moderation.lexicon import lexicon, lines, spelled
from moderation.reading import Stretch, merged, words

_LISTS = ("adverts", "sites", "obscene")
_PIECE = re.compile(r"[^./?#&=:@\[\]]+")
_PUNYCODE = "xn--"


def suspicions(url: str) -> list[Stretch]:
    """Where an address advertises or hides what it is, as (start, end); empty where it does not."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return [(0, len(url))]
    start = url.lower().find(host)
    if _hides(host):
        return [(start, start + len(host))]
    return [span for piece in _PIECE.finditer(url, max(start, 0)) for span in _offers(piece)]


def _hides(host: str) -> bool:
    labels = host.removeprefix("www.").split(".")
    in_latin = not labels[-1].startswith(_PUNYCODE) and labels[-1].isascii()
    return (
        labels[-1] in _zones()
        or ".".join(labels) in _shorteners()
        or _is_number(host)
        or any(_resembles(_decoded(label), in_latin) for label in labels)
    )


@cache
def _zones() -> frozenset[str]:
    return frozenset(lines("zones"))


@cache
def _shorteners() -> frozenset[str]:
    return frozenset(lines("shorteners"))


def _is_number(host: str) -> bool:
    """Whether the host is an address of a machine, which people's sites do not go by."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _decoded(label: str) -> str:
    if not label.lower().startswith(_PUNYCODE):
        return label
    try:
        return label.encode().decode("idna")
    except UnicodeError:
        return label


def _resembles(label: str, in_latin: bool) -> bool:
    """Whether a label can be taken for a Latin one: it mixes alphabets, or is all look-alikes."""
    codes = [ord(letter) for letter in label if letter.isalpha() and ord(letter) < len(KIND)]
    kinds = {int(KIND[code]) for code in codes}
    if CYRILLIC not in kinds:
        return False
    twins = all(int(LATIN_TWIN[code]) != code for code in codes)
    return LATIN in kinds or (twins and in_latin)


def _offers(piece: re.Match[str]) -> Iterator[tuple[int, int]]:
    """The words of a label or a step of the path that offer something or are obscene."""
    shown = unquote(_decoded(piece.group()))
    as_written = shown == piece.group()
    # With digits and without: "1xbet", "casino24".
    readings = (words(shown), spelled(shown))
    for start, end in merged(
        place for name in _LISTS for said in readings for place in lexicon(name).find(said)
    ):
        yield (piece.start() + start, piece.start() + end) if as_written else piece.span()
