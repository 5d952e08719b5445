"""Handcrafted signals beside the n-grams: contacts, money, capitals, length and so on.

They are computed from counts, so the counts of a text are the sums of those of its segments.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import CYRILLIC, DIGIT, FOREIGN, IS_ODD, LATIN, SYMBOL
from moderation.classifier.mask_arrays import before
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
_MESSENGERS = (
    *("t.me", "telegram", "телеграм", "whatsapp", "ватсап"),
    *("вотсап", "wa.me", "viber", "вайбер", "discord.gg"),
)
_HANDLE = re.compile(r"(?<![\w.])@[a-z]\w{3,}")
_EMAIL = re.compile(r"[\w+-]@[\w-]+\.[a-z]{2,}")
_PHONE = re.compile(r"\d(?:[\s()-]{0,2}\d){8,13}(?!\d)")
_MONEY_MARKS = ("$", "€", "₴", "₽", "£", "грн", "руб", "гривен", "usd", "eur", "btc")
_MONEY = re.compile(r"[$€₴₽£]\s?\d|\d[\d .,]{0,12}\s?(?:[$€₴₽£]|грн|руб|гривен|usd|eur|btc)")
_NONE: list[str] = []
_PHONE_DIGITS = 9
# Columns of `SignalCounts.counts`: those of SIGNALS, and one more for the shares of letters.
_COLUMN = {name: place for place, name in enumerate((*SIGNALS, "cyrillic"))}
_PATTERN_COLUMNS = 7
_MESSENGER_BITS, _KEPT, _LENGTH = _COLUMN["messenger"], _COLUMN["hidden"], _COLUMN["length"]
_LETTER_COLUMNS = [_COLUMN["latin"], _COLUMN["cyrillic"], _COLUMN["foreign"]]
# Counts that become shares of all characters or of all letters. Others are capped and scaled.
_OF_CHARACTERS = [_COLUMN[name] for name in ("link_share", "digits", "symbols", "hidden")]
_OF_LETTERS = [_COLUMN[name] for name in ("capitals", "unmasked", "latin", "foreign")]
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
        found[:, _OF_LETTERS] /= np.maximum(
            counts[:, _LETTER_COLUMNS].sum(axis=1, keepdims=True), 1
        )
        found[:, _OF_CHARACTERS] /= np.maximum(counts[:, _LENGTH, None], 1)
        found[:, _KEPT] = np.clip(1 - found[:, _KEPT], 0, 1)
        found[:, _LENGTH] = np.log1p(counts[:, _LENGTH]) / 8
        found[:, _MESSENGER_BITS] = np.minimum(np.bitwise_count(counts[:, _MESSENGER_BITS]), 2)
        return found[:, : len(SIGNALS)]


def count_signals(texts: Sequence[str], letters: Letters) -> SignalCounts:
    """Count what the signals of each text need; `letters` are those of the same texts."""
    kinds, codes = letters.kind_counts, letters.codes
    counts = np.zeros((len(texts), len(_COLUMN)), dtype=np.int64)
    for number in _with_possible_contacts(texts, letters):
        counts[number, :_PATTERN_COLUMNS] = _contacts(texts[number], int(kinds[number, DIGIT]))
    columns = (
        letters.sums(letters.capital, int),
        kinds[:, DIGIT],
        kinds[:, SYMBOL],
        letters.sums(codes == ord("!"), int),
        letters.sums(letters.unmasked, int),
        letters.starts[1:] - letters.starts[:-1] - GAP,
        letters.sums(codes == ord("\n"), int),
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
    foreign = letters.kinds == FOREIGN
    if not foreign.any():
        return letters.sums(foreign, int)
    known = (letters.kinds == LATIN) | (letters.kinds == CYRILLIC)
    letter = known | foreign
    words = np.cumsum(letter & ~before(letter))
    mixed = np.bincount(words[known], minlength=int(words[-1]) + 1) > 0
    return letters.sums(foreign & (mixed.take(words) | IS_ODD.take(letters.codes)), int)


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


def _with_possible_contacts(texts: Sequence[str], letters: Letters) -> list[int]:
    """Return the indices of the texts that may have a contact; the others need no search."""
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
