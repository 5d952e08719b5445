"""Turn token streams into hashed n-grams, and comments into a few hand-made signals.

Hashing keeps no vocabulary, so the shipped model holds no words of its training texts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import DIGIT, FOREIGN, LATIN, SPACE, SYMBOL
from moderation.classifier.text import Letters, Tokens

BITS = 19
BUCKETS = 1 << BITS
LONGEST = 5
FORMAT = 1

Part = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]

_PRIME = np.uint32(0x01000193)
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
KINDS = 8


@dataclass(frozen=True)
class Grams:
    """Every n-gram occurrence of a batch: its bucket, its text, and the characters it covers.

    `first` and `last` index the characters of `Tokens`, both inclusive. `parts` are the sizes of
    the stretches, one a kind of n-gram, within which texts stand in order.
    """

    buckets: NDArray[np.int64]
    texts: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    parts: tuple[int, ...]


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
    sizes = np.diff(tokens.token_starts, append=len(mixed))
    place = np.arange(1, len(mixed)) - np.repeat(tokens.token_starts, sizes)
    powers = np.full(int(sizes.max()) + 1, _PRIME, dtype=np.uint32)
    powers[0] = 1
    powers = np.cumprod(powers, dtype=np.uint32)
    weighted = mixed[1:] * powers[place]
    weighted[tokens.codes[1:] == SPACE] = 0
    return np.add.reduceat(weighted, tokens.token_starts - 1, dtype=np.uint32)


def grams(tokens: Tokens, places: bool = False) -> Grams:
    """Hash a batch: character n-grams of 2 to 5 within words, words, and pairs of words.

    Returns occurrences in no useful order, repeated ones repeated; buckets are below 2**19.
    `first` and `last` stay empty unless `places` is set.
    """
    empty = np.zeros(0, dtype=np.int64)
    if not len(tokens.token_starts):
        return Grams(empty, empty, empty, empty, ())
    mixed = _mix(tokens.codes)
    parts = [*_character_grams(mixed, tokens), *_word_grams(mixed, tokens)]
    buckets = np.concatenate([part[0] for part in parts])
    texts = np.concatenate([part[1] for part in parts])
    sizes = tuple(len(part[0]) for part in parts)
    if not places:
        return Grams(buckets, texts, empty, empty, sizes)
    first = np.concatenate([part[2] for part in parts])
    last = first + np.concatenate([part[3] for part in parts])
    return Grams(buckets, texts, first, last, sizes)


def sum_by_text(rows: NDArray[np.float32], found: Grams, count: int) -> NDArray[np.float64]:
    """Add up the rows of n-grams, (occurrences, width), for each text: (count, width).

    A text's sum does not depend on what else is in the batch.
    """
    total = np.zeros((count, rows.shape[1]))
    every, begin = np.arange(count + 1), 0
    for size in found.parts:
        if not size:
            continue
        bounds = np.searchsorted(found.texts[begin : begin + size], every)
        held = np.flatnonzero(bounds[1:] > bounds[:-1])
        total[held] += np.add.reduceat(rows[begin : begin + size], bounds[held], axis=0)
        begin += size
    return total


def _character_grams(mixed: NDArray[np.uint32], tokens: Tokens) -> Iterator[Part]:
    """Yield buckets, texts, first characters and lengths less one of each size of n-gram."""
    space = tokens.codes == SPACE
    length = len(mixed)
    token_of = np.cumsum(space) - 1
    text_of = tokens.token_texts[np.minimum(token_of, len(tokens.token_texts) - 1)]
    rolling, whole = mixed, ~(space[:-1] & space[1:])
    for size in range(2, min(LONGEST, length) + 1):
        rolling = rolling[:-1] * _PRIME + mixed[size - 1 :]
        if size > 2:
            # Spaces may stand at both ends of an n-gram, never inside it.
            whole = whole[:-1] & ~space[size - 2 : length - 1]
        first = np.flatnonzero(whole)
        buckets = _bucket(rolling[first] ^ _SALTS[size])
        yield buckets, text_of[first], first, np.full(len(first), size - 1)


def _word_grams(mixed: NDArray[np.uint32], tokens: Tokens) -> Iterator[Part]:
    """Yield the same of words, and of pairs of words in one text."""
    starts, texts = tokens.token_starts, tokens.token_texts
    words = _word_hashes(mixed, tokens)
    ends = np.append(starts[1:] - 2, len(mixed) - 2)
    yield _bucket(words ^ _WORD_SALT), texts, starts, ends - starts
    pair = np.flatnonzero(texts[1:] == texts[:-1])
    buckets = _bucket((words[pair] * _PAIR_PRIME + words[pair + 1]) ^ _PAIR_SALT)
    yield buckets, texts[pair], starts[pair], ends[pair + 1] - starts[pair]


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


def _with_contacts(texts: Sequence[str], letters: Letters, numbers: NDArray[np.int64]) -> list[int]:
    """Numbers of the texts that may hold a contact: most hold none, and patterns are slow."""
    codes, kinds = letters.codes, letters.kinds
    joins = (codes[:-1] == ord(".")) | (codes[:-1] == ord(":"))
    joins &= (kinds[1:] == LATIN) | (codes[1:] == ord("/"))
    marked = (kinds == DIGIT) | (codes == ord("@"))
    marked[:-1] |= joins
    found = set(numbers[marked].tolist())
    joined = "\n".join(texts).lower()
    names = [name for name in _MESSENGERS if name in joined]
    if names:
        lowered = enumerate(map(str.lower, texts))
        found.update(n for n, text in lowered if any(name in text for name in names))
    return sorted(found)


def signals(texts: Sequence[str], letters: Letters) -> NDArray[np.float64]:
    """Return the hand-made signals of `SIGNALS`, one row a text, most of them between 0 and 1."""
    count, numbers = len(texts), letters.numbers()
    kinds = np.bincount(numbers * KINDS + letters.kinds, minlength=count * KINDS)
    kinds = kinds.reshape(count, KINDS)
    lengths = np.maximum(letters.lengths, 1)
    spelled = np.maximum(kinds[:, LATIN : FOREIGN + 1].sum(axis=1), 1)

    def tally(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(numbers[mask], minlength=count)

    found = np.zeros((count, len(SIGNALS)))
    for number in _with_contacts(texts, letters, numbers):
        found[number, :CONTACTS] = _contacts(texts[number], int(kinds[number, DIGIT]))
    columns = (
        tally(letters.capital) / spelled,
        kinds[:, DIGIT] / lengths,
        kinds[:, SYMBOL] / lengths,
        np.minimum(tally(letters.codes == ord("!")) / 4, 1.0),
        tally(letters.unmasked) / spelled,
        np.clip(1 - (np.diff(letters.starts) - 2) / lengths, 0, 1),
        np.minimum(tally(letters.codes == ord("\n")) / 4, 1.0),
        np.log1p(letters.lengths) / 8,
        kinds[:, LATIN] / spelled,
        kinds[:, FOREIGN] / spelled,
    )
    for place, column in enumerate(columns, start=CONTACTS):
        found[:, place] = column
    return found
