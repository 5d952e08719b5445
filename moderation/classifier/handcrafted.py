"""Handcrafted signals beside the n-grams: contacts, money, capitals, length and so on.

They are computed from counts, so the counts of a text are the sums of those of its segments.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import (
    CYRILLIC,
    DIGIT,
    FOREIGN,
    IS_ODD,
    LATIN,
    SEPARATOR,
    SYMBOL,
)
from moderation.classifier.mask_arrays import words_around
from moderation.classifier.text import GAP, Letters

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
# Not the site's definition of a link (comments.text): the weights were learnt with this one.
_LINK = re.compile(
    r"(?:https?://|www\.|t\.me/)\S+|\.(?:com|net|org|info|ru|ua|me|ly|io|biz|top|xyz|site|online"
    r"|shop|club|store|link|click|live|pro|cc|co|in|example)\b(?:/\S*)?"
)
_DOT = re.compile(r"[.:][a-z/]{2}")
# What may be one of these, quickly found.
_CONTACT = re.compile(r"[.:@](?:(?<=@)|(?=[a-z/]))")
_MESSENGERS = (
    *("t.me", "telegram", "телеграм", "whatsapp", "ватсап"),
    *("вотсап", "wa.me", "viber", "вайбер", "discord.gg"),
)
# `_CONTACT` finds the others.
_NAMES = [name for name in _MESSENGERS if "." not in name]
_HANDLE = re.compile(r"(?<![\w.])@[a-z]\w{3,}")
_EMAIL = re.compile(r"[\w+-]@[\w-]+\.[a-z]{2,}")
_PHONE = re.compile(r"\d(?:[\s()-]{0,2}\d){8,13}(?!\d)")
_CURRENCIES = ("грн", "руб", "гривен", "usd", "eur", "btc")
_MONEY_MARKS = ("$", "€", "₴", "₽", "£", *_CURRENCIES)
_MONEY = re.compile(r"[$€₴₽£]\s?\d|\d[\d .,]{0,12}\s?(?:[$€₴₽£]|грн|руб|гривен|usd|eur|btc)")
_NONE: list[str] = []
_PHONE_DIGITS = 9
# Columns of `SignalCounts.counts`: those of SIGNALS, and one more for the shares of letters.
_COLUMN = {name: place for place, name in enumerate((*SIGNALS, "cyrillic"))}
_PATTERN_COLUMNS = 7
_MESSENGER_BITS, _KEPT, _LENGTH = _COLUMN["messenger"], _COLUMN["hidden"], _COLUMN["length"]
# These three are the last columns.
_LETTERS = slice(_COLUMN["latin"], _COLUMN["cyrillic"] + 1)
# Counts that become shares of all letters (1) or characters (2). Others are capped and scaled.
_DIVISOR = np.zeros(len(_COLUMN), dtype=np.int64)
_DIVISOR[[_COLUMN[name] for name in ("capitals", "unmasked", "latin", "foreign")]] = 1
_DIVISOR[[_COLUMN[name] for name in ("link_share", "digits", "symbols", "hidden")]] = 2
_CAP = np.full(len(_COLUMN), np.inf)
_SCALE = np.ones(len(_COLUMN))
for _name, _cap, _scale in (
    *(("links", 4, 1 / 2), ("exclamations", 4, 1 / 4), ("lines", 4, 1 / 4)),
    *((name, 2, 1) for name in ("handles", "emails", "phones", "money")),
):
    _CAP[_COLUMN[_name]], _SCALE[_COLUMN[_name]] = _cap, _scale


@dataclass(frozen=True)
class SignalCounts:
    """The counts that the signals of some texts are computed from: (n, len(SIGNALS) + 1).

    The column "link_share" counts the characters in links, "hidden" the characters that were kept;
    "messenger" has one bit for each messenger named. Every other column counts what it is named
    after.
    """

    counts: NDArray[np.int64]

    def summed(self, firsts: NDArray[np.int64]) -> "SignalCounts":
        """Return the counts of whole texts; `firsts` is as in `Segments`."""
        counts = np.add.reduceat(self.counts, firsts[:-1], axis=0)
        messengers = self.counts[:, _MESSENGER_BITS]
        counts[:, _MESSENGER_BITS] = np.bitwise_or.reduceat(messengers, firsts[:-1])
        return SignalCounts(counts)

    def followed_by(self, others: "SignalCounts") -> "SignalCounts":
        """Return these counts followed by those of other texts."""
        return SignalCounts(np.concatenate((self.counts, others.counts)))

    def signals(self) -> NDArray[np.float64]:
        """Return the values of `SIGNALS`, one row per text, mostly between 0 and 1."""
        counts = self.counts
        found: NDArray[np.float64] = np.minimum(counts, _CAP) * _SCALE
        length = counts[:, _LENGTH]
        divisors = np.ones((len(counts), 3), dtype=np.int64)
        divisors[:, 1] = counts[:, _LETTERS].sum(axis=1)
        divisors[:, 2] = length
        found /= np.maximum(divisors, 1).take(_DIVISOR, axis=1)
        found[:, _KEPT] = np.maximum(1 - found[:, _KEPT], 0)
        found[:, _LENGTH] = np.log1p(length) / 8
        found[:, _MESSENGER_BITS] = np.minimum(np.bitwise_count(counts[:, _MESSENGER_BITS]), 2)
        return found[:, : len(SIGNALS)]


def count_signals(texts: Sequence[str], letters: Letters) -> SignalCounts:
    """Count what the signals of each text need; `letters` are those of the same texts."""
    kinds, tally = letters.kind_counts, letters.tally
    marked = tally[:, :, 1].sum(axis=1)
    counts = np.zeros((len(texts), len(_COLUMN)), dtype=np.int64)
    for number in _with_possible_contacts(letters):
        counts[number, :_PATTERN_COLUMNS] = _contacts(texts[number], int(kinds[number, DIGIT]))
    columns = (
        marked[:, LATIN : FOREIGN + 1].sum(axis=1),
        kinds[:, DIGIT],
        kinds[:, SYMBOL],
        marked[:, SYMBOL],
        letters.unmasked_counts,
        letters.starts[1:] - letters.starts[:-1] - GAP,
        marked[:, SEPARATOR],
        letters.lengths,
        kinds[:, LATIN],
        _disguising_letters(letters),
        kinds[:, CYRILLIC],
    )
    for place, column in enumerate(columns, start=_PATTERN_COLUMNS):
        counts[:, place] = column
    return SignalCounts(counts)


def _disguising_letters(letters: Letters) -> NDArray[np.int64]:
    """Count, in each text, foreign letters that disguise a word: within a word of Latin or Cyrillic
    letters, or unusual forms of those letters. A word entirely in another script does not count.
    """
    places = (letters.kinds == FOREIGN).nonzero()[0]
    if len(places):
        letter = (letters.kinds >= LATIN) & (letters.kinds <= FOREIGN)
        starts, ends = words_around(places, letter)
        in_word = starts.searchsorted(starts, side="right") - starts.searchsorted(starts)
        places = places[(in_word < ends - starts) | IS_ODD.take(letters.codes.take(places))]
    return letters.count(places)


def _contacts(text: str, digits: int) -> tuple[int, ...]:
    """Count links, their characters, messengers (as bits), handles, e-mails, phones and sums."""
    text = text.lower()
    # Substring tests first: most comments have none of these, and regular expressions are slow.
    links = _LINK.findall(text) if _DOT.search(text) else _NONE
    messengers = sum(1 << bit for bit, name in enumerate(_MESSENGERS) if name in text)
    at = "@" in text
    handles = len(_HANDLE.findall(text)) if at else 0
    emails = len(_EMAIL.findall(text)) if at else 0
    phones = len(_PHONE.findall(text)) if digits >= _PHONE_DIGITS else 0
    money = 0
    if digits and any(mark in text for mark in _MONEY_MARKS):
        money = len(_MONEY.findall(text))
    return len(links), sum(map(len, links)), messengers, handles, emails, phones, money


def _with_possible_contacts(letters: Letters) -> list[int]:
    """Return the indices of the texts that may have a contact; the others need no search."""
    written = letters.codes.tobytes().decode("utf-32-le", "surrogatepass")
    found = set(letters.numbers(_places(_NAMES, written)))
    found.update(letters.numbers([match.start() for match in _CONTACT.finditer(written)]))
    # Where letters stand in the place of others, what is written tells nothing.
    digits = letters.kind_counts[:, DIGIT]
    found.update(np.flatnonzero((letters.unmasked_counts > 0) | (digits >= _PHONE_DIGITS)).tolist())
    with_digits = digits.nonzero()[0].tolist()
    if with_digits:
        marked = letters.kind_counts[:, SYMBOL].nonzero()[0].tolist()
        named = letters.numbers(_places(_CURRENCIES, written))
        found.update({*marked, *named}.intersection(with_digits))
    return sorted(found)


def _places(names: Sequence[str], written: str) -> list[int]:
    """Return where the names occur."""
    found = []
    for name in names:
        place = written.find(name)
        while place >= 0:
            found.append(place)
            place = written.find(name, place + 1)
    return found
