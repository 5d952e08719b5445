"""Tell Ukrainian, Russian, English and everything else apart in comments of a few words.

Letters decide first; tables of letter triples, learnt from the training texts, decide the rest.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import CYRILLIC, FOREIGN, KIND, LATIN
from moderation.classifier.masks import Positions
from moderation.classifier.text import Letters, clip, read

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"
_UNKNOWN = len(_CYRILLIC) + 1
_SIZE = _UNKNOWN + 1
TRIPLES = _SIZE**3

# Words that settle short texts: frequent in one language, absent from its neighbours here.
_FOREIGN_LIST = """
der die das und ist nicht ich wir mit auf für ein eine auch sich haben aber
le la les des une est que qui pas pour dans avec sur vous nous mais je
el los las una por para con pero muy como está qué il che di non per sono
nie jest się że na to jak ale co tak dla już bardzo tego czy był jestem
není jsem jako ve som ako že o não uma com você
"""
_ENGLISH_LIST = """
the a an and of to is are was were you your i it its this that he she they we my me his her
in on at for with not no yes be have has had do does dont what who why how so but if or as
all just like get good great nice love please thanks thank check will can would about
"""
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_FOREIGN_WORDS = frozenset(_FOREIGN_LIST.split())
_ENGLISH_WORDS = frozenset(_ENGLISH_LIST.split())


@dataclass(frozen=True)
class LanguageTables:
    """Letter-triple tables of shape (TRIPLES,): Ukrainian against Russian, and English alone.

    `slavic` holds log odds (positive: Ukrainian), `english` log probabilities above a uniform
    choice of letters.
    """

    slavic: NDArray[np.float32]
    english: NDArray[np.float32]


def _alphabet() -> NDArray[np.int32]:
    """Places of letters in triples: 0 for what is no letter of either script."""
    table = np.where((KIND == LATIN) | (KIND == CYRILLIC), _UNKNOWN, 0).astype(np.int32)
    for letters in (_LATIN, _CYRILLIC):
        for place, letter in enumerate(letters, start=1):
            table[ord(letter)] = place
    return table


_PLACE = _alphabet()


def _triples(letters: Letters) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The place of each character, and the code of the triple around it."""
    # A bound on either side of the batch, so that its first letter is seen like any other.
    place = np.zeros(len(letters.codes) + 2, dtype=np.int32)
    place[1:-1] = _PLACE.take(letters.codes)
    return place[1:-1], (place[:-2] * _SIZE + place[1:-1]) * _SIZE + place[2:]


def _count(texts: Iterable[str], kind: int) -> NDArray[np.float64]:
    letters = read([clip(text) for text in texts])
    _, codes = _triples(letters)
    codes = codes[letters.kinds == kind]
    return np.bincount(codes, minlength=TRIPLES).astype(np.float64)


def learn(
    ukrainian: Sequence[str], russian: Sequence[str], english: Sequence[str]
) -> LanguageTables:
    """Count letter triples of texts in each language into tables."""

    def logs(counts: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.log((counts + 0.5) / (counts.sum() + 0.5 * len(_CYRILLIC) ** 3)))

    slavic = logs(_count(ukrainian, CYRILLIC)) - logs(_count(russian, CYRILLIC))
    english_logs = logs(_count(english, LATIN)) + 3 * np.log(len(_LATIN))
    return LanguageTables(slavic.astype(np.float32), english_logs.astype(np.float32))


def _latin_language(text: str, average: float, strange: int) -> str:
    words = set(text.lower().replace("'", "").split())
    english, foreign = len(words & _ENGLISH_WORDS), len(words & _FOREIGN_WORDS)
    if foreign > english or (strange and strange >= english):
        return "other"
    if english == 0 and len(words) >= 4 and average < 0.9:
        return "other"
    return "en"


def _sums(letters: Letters, tables: LanguageTables) -> tuple[NDArray[Any], ...]:
    """For each text: the sums of both tables, and letters of no known alphabet."""
    place, codes = _triples(letters)
    slavic = tables.slavic.take(codes) * (letters.kinds == CYRILLIC)
    english = tables.english.take(codes) * (letters.kinds == LATIN)
    strange = letters.sums(place == _UNKNOWN, int)
    return letters.sums(slavic, float), letters.sums(english, float), strange


def _judge(text: str, kinds: list[int], slavic: float, english: float, strange: int) -> str:
    latin, cyrillic, foreign = kinds[LATIN], kinds[CYRILLIC], kinds[FOREIGN]
    if foreign > latin + cyrillic or latin + cyrillic == 0:
        return "other"
    if cyrillic * 2 >= latin:
        if strange * 8 > cyrillic:
            return "other"
        return "uk" if slavic > 0 else "ru"
    return _latin_language(text, english / latin, strange)


def detect(
    texts: Sequence[str], letters: Letters, firsts: Positions, tables: LanguageTables
) -> list[str]:
    """Return "uk", "ru", "en" or "other" for each text; texts without letters are "other".

    `letters` are those of the texts' parts, `firsts` the number of each text's first part (length:
    texts + 1). The letters of links are nobody's language, unless there are no others.
    """
    # A plain look first: most comments hold no link, and patterns are slow.
    linked = [n for n, text in enumerate(texts) if "://" in text or "www." in text]
    bare = {n: _LINK.sub(" ", texts[n]) for n in linked}
    found = _detect(texts, letters, firsts, tables)
    if bare:
        without = list(bare.values())
        names = _detect(without, read(without), np.arange(len(bare) + 1), tables)
        for number, name in zip(bare, names, strict=True):
            found[number] = name if name != "other" else found[number]
    return found


def _detect(
    texts: Sequence[str], letters: Letters, firsts: Positions, tables: LanguageTables
) -> list[str]:
    by_part = (letters.tallies, *_sums(letters, tables))
    found = (np.add.reduceat(values, firsts[:-1], axis=0).tolist() for values in by_part)
    each = zip(texts, *found, strict=True)
    return [_judge(*one) for one in each]
