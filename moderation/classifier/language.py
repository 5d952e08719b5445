"""Tell Ukrainian, Russian, English and everything else apart in comments of a few words.

Letters decide first; tables of letter triples, learnt from the training texts, decide the rest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import CYRILLIC, FOREIGN, LATIN
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


def _alphabet() -> NDArray[np.int64]:
    table = np.full(0x20000, _UNKNOWN, dtype=np.int64)
    for letters in (_LATIN, _CYRILLIC):
        for place, letter in enumerate(letters, start=1):
            table[ord(letter)] = place
    return table


_PLACE = _alphabet()


def _triples(letters: Letters, kind: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Codes of the letter triples of one script, word bounds included, and their texts."""
    letter = letters.kinds == kind
    # A bound on either side of the batch, so that its first letter is seen like any other.
    place = np.pad(np.where(letter, _PLACE[letters.codes], 0), 1)
    codes = (place[:-2] * _SIZE + place[1:-1]) * _SIZE + place[2:]
    middle = np.flatnonzero(letter)
    texts = np.searchsorted(letters.starts, middle, side="right") - 1
    return codes[middle], texts


def _count(texts: Iterable[str], kind: int) -> NDArray[np.float64]:
    letters = read([clip(text) for text in texts])
    return np.bincount(_triples(letters, kind)[0], minlength=TRIPLES).astype(np.float64)


def learn(
    ukrainian: Sequence[str], russian: Sequence[str], english: Sequence[str]
) -> LanguageTables:
    """Count letter triples of texts in each language into tables."""

    def logs(counts: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(np.log((counts + 0.5) / (counts.sum() + 0.5 * len(_CYRILLIC) ** 3)))

    slavic = logs(_count(ukrainian, CYRILLIC)) - logs(_count(russian, CYRILLIC))
    english_logs = logs(_count(english, LATIN)) + 3 * np.log(len(_LATIN))
    return LanguageTables(slavic.astype(np.float32), english_logs.astype(np.float32))


def _per_text(
    values: NDArray[np.float64], texts: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    return np.bincount(texts, weights=values, minlength=count)[:count].astype(np.float64)


def _latin_language(text: str, average: float, strange: int) -> str:
    words = text.lower().replace("'", "").split()
    english = sum(word.strip('.,!?;:()"') in _ENGLISH_WORDS for word in words)
    foreign = sum(word.strip('.,!?;:()"') in _FOREIGN_WORDS for word in words)
    if foreign > english or (strange and strange >= english):
        return "other"
    if english == 0 and len(words) >= 4 and average < 0.9:
        return "other"
    return "en"


def detect(texts: Sequence[str], letters: Letters, tables: LanguageTables) -> list[str]:
    """Return "uk", "ru", "en" or "other" for each text; texts without letters are "other"."""
    count = len(texts)
    numbers = np.searchsorted(letters.starts, np.arange(len(letters.codes)), side="right") - 1

    def tally(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(numbers[mask], minlength=count)[:count]

    latin, cyrillic = tally(letters.kinds == LATIN), tally(letters.kinds == CYRILLIC)
    foreign = tally(letters.kinds == FOREIGN)
    unknown = _PLACE[letters.codes] == _UNKNOWN
    strange = tally(unknown & ((letters.kinds == LATIN) | (letters.kinds == CYRILLIC)))
    codes, of = _triples(letters, CYRILLIC)
    slavic = _per_text(tables.slavic[codes].astype(np.float64), of, count)
    codes, of = _triples(letters, LATIN)
    english = _per_text(tables.english[codes].astype(np.float64), of, count) / np.maximum(latin, 1)
    found = []
    for number, text in enumerate(texts):
        if foreign[number] > latin[number] + cyrillic[number]:
            found.append("other")
        elif cyrillic[number] and cyrillic[number] * 2 >= latin[number]:
            odd = strange[number] * 8 > cyrillic[number]
            found.append("other" if odd else "uk" if slavic[number] > 0 else "ru")
        elif latin[number]:
            found.append(_latin_language(text, english[number], int(strange[number])))
        else:
            found.append("other")
    return found
