"""A few hand-made signals beside the n-grams: contacts, money, capitals, length and the like.

They are made of counts, so that those of a text are the sums of those of its parts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import CYRILLIC, DIGIT, FOREIGN, IS_ODD, LATIN, SYMBOL
from moderation.classifier.mask_arrays import before
from moderation.classifier.text import BETWEEN, Letters

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
# Columns of `Marks.counts`: those of SIGNALS, and one more that only the shares need.
_AT = {name: place for place, name in enumerate((*SIGNALS, "cyrillic"))}
_BY_PATTERN = 7
_MESSENGER_BITS, _KEPT, _LENGTH = _AT["messenger"], _AT["hidden"], _AT["length"]
_SPELLED = [_AT["latin"], _AT["cyrillic"], _AT["foreign"]]
# What a count is a share of; and how far it counts, and what for, where it is no share.
_OF_CHARACTERS = [_AT[name] for name in ("link_share", "digits", "symbols", "hidden")]
_OF_LETTERS = [_AT[name] for name in ("capitals", "unmasked", "latin", "foreign")]
_MOST = np.full(len(_AT), np.inf)
_WORTH = np.ones(len(_AT))
for _name, _most, _worth in (
    *(("links", 4, 1 / 2), ("exclamations", 4, 1 / 4), ("lines", 4, 1 / 4)),
    *((name, 2, 1) for name in ("handles", "emails", "phones", "money")),
):
    _MOST[_AT[_name]], _WORTH[_AT[_name]] = _most, _worth


@dataclass(frozen=True)
class Marks:
    """What the signals of some texts are made of: whole numbers, (n, len(SIGNALS) + 1).

    Under "link_share" stand the characters in links, under "hidden" the characters that were kept,
    under "messenger" one bit for each name, under the others how many there are.
    """

    counts: NDArray[np.int64]

    def joined(self, firsts: NDArray[np.int64]) -> "Marks":
        """The marks of texts of which each begins with the part of this number; the last is n."""
        counts = np.add.reduceat(self.counts, firsts[:-1], axis=0)
        messengers = self.counts[:, _MESSENGER_BITS]
        counts[:, _MESSENGER_BITS] = np.bitwise_or.reduceat(messengers, firsts[:-1])
        return Marks(counts)

    def and_then(self, others: "Marks") -> "Marks":
        """These marks, and those of other texts after them."""
        return Marks(np.concatenate((self.counts, others.counts)))

    def signals(self) -> NDArray[np.float64]:
        """Return `SIGNALS`, one row a text, most of them between 0 and 1."""
        counts = self.counts
        found: NDArray[np.float64] = np.minimum(counts, _MOST) * _WORTH
        found[:, _OF_LETTERS] /= np.maximum(counts[:, _SPELLED].sum(axis=1, keepdims=True), 1)
        found[:, _OF_CHARACTERS] /= np.maximum(counts[:, _LENGTH, None], 1)
        found[:, _KEPT] = np.clip(1 - found[:, _KEPT], 0, 1)
        found[:, _LENGTH] = np.log1p(counts[:, _LENGTH]) / 8
        found[:, _MESSENGER_BITS] = np.minimum(np.bitwise_count(counts[:, _MESSENGER_BITS]), 2)
        return found[:, : len(SIGNALS)]


def marks(texts: Sequence[str], letters: Letters) -> Marks:
    """Count what is in each text; `letters` are those of the same texts."""
    kinds, codes = letters.tallies, letters.codes
    counts = np.zeros((len(texts), len(_AT)), dtype=np.int64)
    for number in _with_contacts(texts, letters):
        counts[number, :_BY_PATTERN] = _contacts(texts[number], int(kinds[number, DIGIT]))
    columns = (
        letters.sums(letters.capital, int),
        kinds[:, DIGIT],
        kinds[:, SYMBOL],
        letters.sums(codes == ord("!"), int),
        letters.sums(letters.unmasked, int),
        letters.starts[1:] - letters.starts[:-1] - BETWEEN,
        letters.sums(codes == ord("\n"), int),
        letters.lengths,
        kinds[:, LATIN],
        _strange(letters),
        kinds[:, CYRILLIC],
    )
    for place, column in enumerate(columns, start=_BY_PATTERN):
        counts[:, place] = column
    return Marks(counts)


def _strange(letters: Letters) -> NDArray[np.int64]:
    """Letters that hide a word: those of another script within it, and odd shapes of its own.

    A word that is wholly of another script hides nothing.
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
    """Links, characters in them, messengers, handles, e-mails, phones, sums of money."""
    text = text.lower()
    # Plain substring checks first: most comments have none of this, and patterns are slow.
    links = _LINK.findall(text) if _DOT.search(text) else _NOWHERE
    messengers = sum(1 << bit for bit, name in enumerate(_MESSENGERS) if name in text)
    at = "@" in text
    handles = len(_HANDLE.findall(text)) if at else 0
    emails = len(_EMAIL.findall(text)) if at else 0
    phones = len(_PHONE.findall(text)) if digits >= _PHONE_DIGITS else 0
    money = 0
    if digits and any(mark in text for mark in _MONEY_MARKS):
        money = len(_MONEY.findall(text))
    return len(links), sum(map(len, links)), messengers, handles, emails, phones, money


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
