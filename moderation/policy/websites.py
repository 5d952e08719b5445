"""Judge a website by its address: its words, top-level domain and look-alike letters."""

import ipaddress
import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import unquote, urlsplit

from moderation.classifier.characters import CYRILLIC, KIND, LATIN, LATIN_TWIN
from moderation.policy.lexicon import letters_of, lexicon, lines, words_of
from moderation.policy.reading import Span, merged

_LISTS = ("adverts", "sites", "obscene")
_PIECE = re.compile(r"[^./?#&=:@\[\]]+")
# Reserved for governments and schools.
_OFFICIAL = re.compile(r"\.(?:gov|edu)(?:\.[a-z]{2})?$")
_PUNYCODE = "xn--"
_GREEK = range(0x370, 0x400)
# Rare Cyrillic letters that look Latin, in addition to those that the classifier folds.
_RARE_TWINS = frozenset(map(ord, "ӏԛԝүҽ"))


def suspicious_parts(url: str) -> list[Span]:
    """Return the spans, (start, end), where an address advertises or disguises itself."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return [(0, len(url))]
    start = max(url.lower().find(host), 0)
    if _OFFICIAL.search(host):
        return []
    if _hides_itself(host):
        return [(start, start + len(host))]
    if url.isascii() and "%" not in url and _PUNYCODE not in url.lower():
        return _adverts(url)
    return [place for piece in _PIECE.finditer(url, start) for place in _adverts_in(piece)]


def _hides_itself(host: str) -> bool:
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
    """Whether the host is an IP address."""
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
    """Whether a label imitates a Latin one by mixing alphabets or consisting of look-alikes."""
    codes = [ord(letter) for letter in label if letter.isalpha() and ord(letter) < len(KIND)]
    latin = any(KIND[code] == LATIN for code in codes)
    greek = any(code in _GREEK for code in codes)
    if not any(KIND[code] == CYRILLIC for code in codes):
        return latin and greek
    return latin or greek or (in_latin and all(map(_looks_latin, codes)))


def _looks_latin(code: int) -> bool:
    return bool(LATIN_TWIN[code] != code) or code in _RARE_TWINS


def _adverts(text: str) -> list[Span]:
    """Find advertising or obscene words, with or without digits: "1xbet", "casino24"."""
    readings = (words_of(text), letters_of(text))
    return merged(
        place for name in _LISTS for words in readings for place in lexicon(name).find(words)
    )


def _adverts_in(piece: re.Match[str]) -> Iterator[Span]:
    """Find them in one label or path segment; if it is encoded, its whole span is returned."""
    shown = unquote(_decoded(piece.group()))
    for start, end in _adverts(shown):
        in_place = shown == piece.group()
        yield (piece.start() + start, piece.start() + end) if in_place else piece.span()
