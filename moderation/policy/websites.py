"""What an address tells by itself: what its host and path say, where it ends, whom it resembles."""

import ipaddress
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote, urlsplit

from moderation.classifier.characters import CYRILLIC, KIND, LATIN, LATIN_TWIN
from moderation.policy.lexicon import as_written, lexicon, lines, spelled
from moderation.policy.reading import Stretch, merged

_LISTS = ("adverts", "sites", "obscene")
_PIECE = re.compile(r"[^./?#&=:@\[\]]+")
# Given to governments and schools only.
_OFFICIAL = re.compile(r"\.(?:gov|edu)(?:\.[a-z]{2})?$")
_PUNYCODE = "xn--"
_GREEK = range(0x370, 0x400)
# Rare Cyrillic letters that look Latin, beside those that the classifier folds.
_RARE_TWINS = frozenset(map(ord, "ӏԛԝүҽ"))


def suspicions(url: str) -> list[Stretch]:
    """Where an address advertises or hides what it is, as (start, end); empty where it does not."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return [(0, len(url))]
    start = max(url.lower().find(host), 0)
    if _OFFICIAL.search(host):
        return []
    if _hides(host):
        return [(start, start + len(host))]
    if url.isascii() and "%" not in url and _PUNYCODE not in url.lower():
        return _offers(url)
    return [place for piece in _PIECE.finditer(url, start) for place in _offers_in(piece)]


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
    latin = any(KIND[code] == LATIN for code in codes)
    greek = any(code in _GREEK for code in codes)
    if not any(KIND[code] == CYRILLIC for code in codes):
        return latin and greek
    return latin or greek or (in_latin and all(map(_looks_latin, codes)))


def _looks_latin(code: int) -> bool:
    return bool(LATIN_TWIN[code] != code) or code in _RARE_TWINS


def _offers(text: str) -> list[Stretch]:
    """Words that offer something or are obscene, with digits and without: "1xbet", "casino24"."""
    readings = (as_written(text), spelled(text))
    return merged(
        place for name in _LISTS for said in readings for place in lexicon(name).find(said)
    )


def _offers_in(piece: re.Match[str]) -> Iterator[Stretch]:
    """Those of a label or a step of the path; all of it where its letters are written as codes."""
    shown = unquote(_decoded(piece.group()))
    for start, end in _offers(shown):
        in_place = shown == piece.group()
        yield (piece.start() + start, piece.start() + end) if in_place else piece.span()
