"""Detect Ukrainian, Russian and English, also in comments of a few words.

The script decides first, then tables of letter trigrams learned from the training texts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import CYRILLIC, FOREIGN, KIND, LATIN
from moderation.classifier.mask_arrays import Positions
from moderation.classifier.text import Letters, clip, unmask

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"
_UNKNOWN = len(_CYRILLIC) + 1
_SIZE = _UNKNOWN + 1
TRIGRAMS = _SIZE**3

# Words that decide for short texts: frequent in one of these languages and absent from the others.
_FOREIGN_LIST = """
der die das und ist nicht ich wir mit auf für ein eine auch sich haben aber
le la les des une est que qui pas pour dans avec sur vous nous mais je
el los las una por para con pero muy como está qué il che di non per sono
nie jest się że na to jak ale co tak dla już bardzo tego czy był jestem
není jsem jako ve som ako že o não uma com você
sie bedzie dziekuje dekuji velmi clanek hvala nije mislim svake pentru foarte
"""
_ENGLISH_LIST = """
the a an and of to is are was were you your i it its this that he she they we my me his her
in on at for with not no yes be have has had do does dont what who why how so but if or as
all just like get good great nice love please thanks thank check will can would about
"""
# Words of both lists that are also Ukrainian or Russian words in Latin letters.
_SLAVIC_LIST = "a ale do her i je me my na nie no o on so tak to"
# Thresholds, in natural log odds, for Ukrainian or Russian in Latin letters: against chance per
# letter, against English per letter, and against English for the whole text. On dev they find 95 %
# of the Ukrainian and 91 % of the Russian comments, and take hardly any English one for either.
_OVER_CHANCE, _OVER_ENGLISH, _OVER_ENGLISH_IN_ALL = 1.3, 0.4, 4
_WORD = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_FOREIGN_WORDS = frozenset(_FOREIGN_LIST.split())
_ENGLISH_WORDS = frozenset(_ENGLISH_LIST.split())
_LISTED_WORDS = _FOREIGN_WORDS | _ENGLISH_WORDS
_OTHERS_WORDS = _LISTED_WORDS - frozenset(_SLAVIC_LIST.split())


@dataclass(frozen=True)
class LanguageTables:
    """Letter-trigram tables of shape (TRIGRAMS,).

    slavic: log odds of Ukrainian against Russian.
    english, ukrainian_in_latin, russian_in_latin: log probabilities relative to a uniform choice
    of letters.
    """

    slavic: NDArray[np.float32]
    english: NDArray[np.float32]
    ukrainian_in_latin: NDArray[np.float32]
    russian_in_latin: NDArray[np.float32]

    @cached_property
    def rows(self) -> NDArray[np.float32]:
        """All tables side by side, so that each trigram is looked up once: (2 * TRIGRAMS, 4).

        The first half is for Latin letters and has `slavic` zero, the second half is for Cyrillic
        letters and has the others zero. Trigrams around anything else are zero in both.
        """
        rows = np.zeros((2, TRIGRAMS, 4), dtype=np.float32)
        rows[1, :, 0] = self.slavic
        in_latin = (self.ukrainian_in_latin, self.russian_in_latin, self.english)
        rows[0, :, 1:] = np.stack(in_latin, axis=1)
        rows.reshape(2, _SIZE, _SIZE, _SIZE, 4)[:, :, 0] = 0
        return rows.reshape(2 * TRIGRAMS, 4)


def _alphabet() -> NDArray[np.int32]:
    """Map code points to letter numbers: 0 for anything but a Latin or Cyrillic letter."""
    table = np.where((KIND == LATIN) | (KIND == CYRILLIC), _UNKNOWN, 0).astype(np.int32)
    for letters in (_LATIN, _CYRILLIC):
        for number, letter in enumerate(letters, start=1):
            table[ord(letter)] = number
    return table


_LETTER_NUMBER = _alphabet()


def _trigrams(letters: Letters) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the letter number of each character, and the code of the trigram around it."""
    # Padding on either side, so that the first and the last character have a trigram too.
    number = np.zeros(len(letters.codes) + 2, dtype=np.int32)
    number[1:-1] = _LETTER_NUMBER.take(letters.codes, mode="clip")
    return number[1:-1], (number[:-2] * _SIZE + number[1:-1]) * _SIZE + number[2:]


def _count(texts: Iterable[str], kind: int) -> NDArray[np.float64]:
    letters = unmask([clip(text) for text in texts])
    _, codes = _trigrams(letters)
    codes = codes[letters.kinds == kind]
    return np.bincount(codes, minlength=TRIGRAMS).astype(np.float64)


def learn(texts: Mapping[str, Sequence[str]]) -> LanguageTables:
    """Learn the tables from texts by language: "uk", "ru", "en", and "uk-Latn" and "ru-Latn" for
    Ukrainian and Russian in Latin letters.
    """

    def logs(name: str, kind: int) -> NDArray[np.float64]:
        counts = _count(texts[name], kind)
        return np.asarray(np.log((counts + 0.5) / (counts.sum() + 0.5 * len(_CYRILLIC) ** 3)))

    chance = 3 * np.log(len(_LATIN))
    return LanguageTables(
        slavic=(logs("uk", CYRILLIC) - logs("ru", CYRILLIC)).astype(np.float32),
        english=(logs("en", LATIN) + chance).astype(np.float32),
        ukrainian_in_latin=(logs("uk-Latn", LATIN) + chance).astype(np.float32),
        russian_in_latin=(logs("ru-Latn", LATIN) + chance).astype(np.float32),
    )


def _latin_language(text: str, average: float, unknown: int) -> str:
    words = text.lower().replace("'", "").split()
    found = _LISTED_WORDS.intersection(words)
    english, foreign = len(found & _ENGLISH_WORDS), len(found & _FOREIGN_WORDS)
    if foreign > english or (unknown and unknown >= english):
        return "other"
    if english == 0 and average < 0.9 and len(set(words)) >= 4:
        return "other"
    return "en"


def _slavic_in_latin(text: str, letters: int, odds: Sequence[float]) -> str:
    """Return "uk" or "ru" for a text that is one of them in Latin letters, otherwise ""."""
    ukrainian, russian, english = odds
    slavic = max(ukrainian, russian)
    least = max(_OVER_ENGLISH * letters, _OVER_ENGLISH_IN_ALL)
    if slavic < _OVER_CHANCE * letters or slavic - english < least:
        return ""
    if not _OTHERS_WORDS.isdisjoint(_WORD.findall(text.lower())):
        return ""
    return "uk" if ukrainian > russian else "ru"


def _decide(text: str, kinds: list[int], odds: Sequence[float], unknown: int) -> str:
    latin, cyrillic, foreign = kinds[LATIN], kinds[CYRILLIC], kinds[FOREIGN]
    slavic, *in_latin = odds
    if foreign > latin + cyrillic or latin + cyrillic == 0:
        return "other"
    if cyrillic * 2 >= latin:
        if unknown * 8 > cyrillic:
            return "other"
        return "uk" if slavic > 0 else "ru"
    if not unknown and (name := _slavic_in_latin(text, latin, in_latin)):
        return name
    return _latin_language(text, in_latin[2] / latin, unknown)


def detect(
    texts: Sequence[str], letters: Letters, firsts: Positions, tables: LanguageTables
) -> list[str]:
    """Return "uk", "ru", "en" or "other" for each text; texts without letters are "other".

    `letters` are those of the texts' segments, `firsts` the number of each text's first segment
    (length: texts + 1). Links are ignored unless a text has nothing else.
    """
    # Substring tests first: most comments have no link, and regular expressions are slow.
    linked = [n for n, text in enumerate(texts) if "://" in text or "www." in text]
    without_links = {n: _LINK.sub(" ", texts[n]) for n in linked}
    found = _detect(texts, letters, firsts, tables)
    if without_links:
        without = list(without_links.values())
        names = _detect(without, unmask(without), np.arange(len(without_links) + 1), tables)
        for number, name in zip(without_links, names, strict=True):
            found[number] = name if name != "other" else found[number]
    return found


def _detect(
    texts: Sequence[str], letters: Letters, firsts: Positions, tables: LanguageTables
) -> list[str]:
    number, codes = _trigrams(letters)
    codes += (letters.kinds == CYRILLIC) * np.int32(TRIGRAMS)
    begins = letters.starts.take(firsts)
    # No slice is empty: every text has at least the two spaces after it.
    odds = np.add.reduceat(tables.rows.take(codes, axis=0, mode="clip"), begins[:-1], axis=0)
    unknown = np.diff((number == _UNKNOWN).nonzero()[0].searchsorted(begins))
    kinds = np.add.reduceat(letters.kind_counts, firsts[:-1], axis=0)
    each = zip(texts, kinds.tolist(), odds.tolist(), unknown.tolist(), strict=True)
    return [_decide(*one) for one in each]
