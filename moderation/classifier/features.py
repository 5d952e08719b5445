"""Turn token streams into hashed n-grams, and comments into a few hand-made signals.

Hashing keeps no vocabulary, so the shipped model holds no words of its training texts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import CYRILLIC, DIGIT, FOREIGN, LATIN, SPACE, SYMBOL
from moderation.classifier.text import READ_FIRST, READ_LAST, Letters, Tokens

BITS = 19
BUCKETS = 1 << BITS
LONGEST = 5
FORMAT = 1

_PRIME = np.uint32(0x01000193)
# Enough for a token as long as all that is read, and the space after it.
_POWERS = np.append(
    np.uint32(1), np.cumprod(np.full(READ_FIRST + READ_LAST, _PRIME), dtype=np.uint32)
)
_SCATTER = np.uint32(0x9E3779B1)
_SHIFT = np.uint32(32 - BITS)
_SALTS = np.array([0, 0, 0x51ED270B, 0xA3D8A4C1, 0x2545F491, 0x7C15D1B5], dtype=np.uint32)
_WORD_SALT = np.uint32(0x68E31DA4)
_PAIR_SALT = np.uint32(0xB5297A4D)
_PAIR_PRIME = np.uint32(0x1B56C4E9)

SIGNALS = (
    "links",
    "link_share",
    "messenger",
    "handles",
    "emails",
    "phones",
    "money",
    "capitals",
    "digits",
    "symbols",
    "exclamations",
    "unmasked",
    "hidden",
    "lines",
    "length",
    "latin",
    "foreign",
)
_LINK = re.compile(
    r"(?:https?://|www\.|t\.me/)\S+|\.(?:com|net|org|info|ru|ua|me|ly|io|biz|top|xyz|site|online"
    r"|shop|club|store|link|click|live|pro|cc|co|in|example)\b(?:/\S*)?"
)
_DOT = re.compile(r"[.:][a-z/]{2}")
_MESSENGERS = (
    *("t.me", "telegram", "телеграм", "whatsapp", "ватсап"),
    *("вотсап", "wa.me", "viber", "вайбер", "discord.gg"),
)
_HANDLE = re.compile(r"(?<![\w.])@[a-z]\w{3,}")
_EMAIL = re.compile(r"[\w+-]@[\w-]+\.[a-z]{2,}")
_PHONE = re.compile(r"\d(?:[\s()-]{0,2}\d){8,13}(?!\d)")
_MONEY_MARKS = ("$", "€", "₴", "₽", "£", "грн", "руб", "гривен", "usd", "eur", "btc")
_MONEY = re.compile(r"[$€₴₽£]\s?\d|\d[\d .,]{0,12}\s?(?:[$€₴₽£]|грн|руб|гривен|usd|eur|btc)")
_NOWHERE: list[str] = []
_PHONE_DIGITS = 9
CONTACTS = 7


@dataclass(frozen=True)
class Grams:
    """The n-gram occurrences of a batch that are of one kind, in order of their texts.

    `buckets` are below BUCKETS; `first` and `last` index the characters of `Tokens` that each
    occurrence covers, both inclusive; `bounds` is where each text begins (length: texts + 1).
    """

    buckets: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    bounds: NDArray[np.int64]


def _mix(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    mixed = codes * np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed


def _bucket(hashes: NDArray[np.uint32]) -> NDArray[np.int64]:
    scattered = (hashes ^ (hashes >> np.uint32(15))) * _SCATTER
    return (scattered >> _SHIFT).astype(np.int64)


def _word_hashes(mixed: NDArray[np.uint32], tokens: Tokens) -> NDArray[np.uint32]:
    """One hash for each token: its characters weighted by powers of a prime."""
    starts = tokens.token_starts
    sizes = np.append(starts[1:], len(mixed)) - starts
    place = np.arange(1, len(mixed)) - np.repeat(starts, sizes)
    weighted = mixed[1:] * _POWERS.take(place) * (tokens.codes[1:] != SPACE)
    return np.add.reduceat(weighted, starts - 1, dtype=np.uint32)


def grams(tokens: Tokens) -> list[Grams]:
    """Hash a batch: character n-grams of 2 to 5 within words, words, and pairs of words."""
    if not len(tokens.token_starts):
        return []
    mixed = _mix(tokens.codes)
    return [*_character_grams(mixed, tokens), *_word_grams(mixed, tokens)]


def sum_by_text(table: NDArray[np.float32], found: list[Grams], count: int) -> NDArray[np.float64]:
    """Add up the table's rows, (BUCKETS, width), of each text's n-grams: (count, width).

    A text's sum does not depend on what else is in the batch.
    """
    total = np.zeros((count, table.shape[1]))
    for kind in found:
        begins, held = kind.bounds[:-1], kind.bounds[1:] > kind.bounds[:-1]
        rows = table.take(kind.buckets, axis=0)
        if held.all():
            total += np.add.reduceat(rows, begins, axis=0)
        elif held.any():
            total[held] += np.add.reduceat(rows, begins[held], axis=0)
    return total


def _character_grams(mixed: NDArray[np.uint32], tokens: Tokens) -> Iterator[Grams]:
    """Yield the n-grams of each size."""
    space = tokens.codes == SPACE
    length = len(mixed)
    # Where each text begins among all characters: at the space before its first token.
    begins = np.append(tokens.token_starts - 1, length).take(tokens.text_starts)
    rolling, whole = mixed, ~(space[:-1] & space[1:])
    for size in range(2, min(LONGEST, length) + 1):
        rolling = rolling[:-1] * _PRIME + mixed[size - 1 :]
        if size > 2:
            # Spaces may stand at both ends of an n-gram, never inside it.
            whole = whole[:-1] & ~space[size - 2 : length - 1]
        first = whole.nonzero()[0]
        buckets = _bucket(rolling.take(first) ^ _SALTS[size])
        yield Grams(buckets, first, first + (size - 1), first.searchsorted(begins))


def _word_grams(mixed: NDArray[np.uint32], tokens: Tokens) -> Iterator[Grams]:
    """Yield words, and pairs of words in one text."""
    starts, bounds = tokens.token_starts, tokens.text_starts
    words = _word_hashes(mixed, tokens)
    ends = np.append(starts[1:] - 2, len(mixed) - 2)
    yield Grams(_bucket(words ^ _WORD_SALT), starts, ends, bounds)
    joined = np.ones(len(starts) + 1, dtype=np.bool_)
    joined[bounds] = False
    # A word that begins a text is no pair with the word before it.
    second = joined[:-1].nonzero()[0]
    pairs = words.take(second - 1) * _PAIR_PRIME + words.take(second)
    first, last = starts.take(second - 1), ends.take(second)
    yield Grams(_bucket(pairs ^ _PAIR_SALT), first, last, second.searchsorted(bounds))


def _contacts(text: str, digits: int) -> tuple[float, ...]:
    """Links, share of text in links, messengers, handles, e-mails, phones, sums of money."""
    text = text.lower()
    # Plain substring checks first: most comments have none of this, and patterns are slow.
    links = _LINK.findall(text) if _DOT.search(text) else _NOWHERE
    messengers = sum(name in text for name in _MESSENGERS)
    at = "@" in text
    handles = len(_HANDLE.findall(text)) if at else 0
    emails = len(_EMAIL.findall(text)) if at else 0
    phones = len(_PHONE.findall(text)) if digits >= _PHONE_DIGITS else 0
    money = 0
    if digits and any(mark in text for mark in _MONEY_MARKS):
        money = len(_MONEY.findall(text))
    share = sum(map(len, links)) / len(text) if links else 0.0
    counts = (messengers, handles, emails, phones, money)
    return (min(len(links), 4) / 2, share, *(float(min(count, 2)) for count in counts))


def _with_contacts(texts: Sequence[str], letters: Letters) -> list[int]:
    """Numbers of the texts that may hold a contact: most hold none, and patterns are slow."""
    codes, kinds = letters.codes, letters.kinds
    marked = (kinds == DIGIT) | (codes == ord("@"))
    joins = (codes[:-1] == ord(".")) | (codes[:-1] == ord(":"))
    joins &= (kinds[1:] == LATIN) | (codes[1:] == ord("/"))
    marked[:-1] |= joins
    found = set(letters.numbers.take(marked.nonzero()[0]).tolist())
    joined = "\n".join(texts).lower()
    names = [name for name in _MESSENGERS if name in joined]
    if names:
        lowered = enumerate(map(str.lower, texts))
        found.update(n for n, text in lowered if any(name in text for name in names))
    return sorted(found)


def signals(texts: Sequence[str], letters: Letters) -> NDArray[np.float64]:
    """Return the hand-made signals of `SIGNALS`, one row a text, most of them between 0 and 1."""
    kinds, codes = letters.tallies, letters.codes
    lengths = np.maximum(letters.lengths, 1)
    spelled = np.maximum(kinds[:, LATIN] + kinds[:, CYRILLIC] + kinds[:, FOREIGN], 1)
    found = np.zeros((len(texts), len(SIGNALS)))
    for number in _with_contacts(texts, letters):
        found[number, :CONTACTS] = _contacts(texts[number], int(kinds[number, DIGIT]))
    columns = (
        letters.sums(letters.capital, int) / spelled,
        kinds[:, DIGIT] / lengths,
        kinds[:, SYMBOL] / lengths,
        np.minimum(letters.sums(codes == ord("!"), int) / 4, 1.0),
        letters.sums(letters.unmasked, int) / spelled,
        np.clip(1 - (np.diff(letters.starts) - letters.added) / lengths, 0, 1),
        np.minimum(letters.sums(codes == ord("\n"), int) / 4, 1.0),
        np.log1p(letters.lengths) / 8,
        kinds[:, LATIN] / spelled,
        kinds[:, FOREIGN] / spelled,
    )
    for place, column in enumerate(columns, start=CONTACTS):
        found[:, place] = column
    return found
