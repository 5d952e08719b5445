"""Tell Ukrainian, Russian, English and everything else apart in comments of a few words.

Letters decide first; tables of letter triples, learnt from the training texts, decide the rest.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from moderation.classifier.characters import CYRILLIC, FOREIGN, KIND, LATIN
from moderation.classifier.mask_arrays import Positions
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
sie bedzie dziekuje dekuji velmi clanek hvala nije mislim svake pentru foarte
"""
_ENGLISH_LIST = """
the a an and of to is are was were you your i it its this that he she they we my me his her
in on at for with not no yes be have has had do does dont what who why how so but if or as
all just like get good great nice love please thanks thank check will can would about
"""
# Those of both lists that are Ukrainian or Russian words as well, in Latin letters.
_SLAVIC_LIST = "a ale do her i je me my na nie no o on so tak to"
# Ukrainian or Russian in Latin letters: by how much each letter must be likelier than by chance and
# than in English, and all letters together than in English, as natural logarithms. Chosen on dev:
# its comments are found so in 95 % and 91 %; hardly any English one is taken for it.
_LIKELY, _LIKELIER, _LIKELIER_IN_ALL = 1.3, 0.4, 4
_WORD = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_FOREIGN_WORDS = frozenset(_FOREIGN_LIST.split())
_ENGLISH_WORDS = frozenset(_ENGLISH_LIST.split())
_OTHERS_WORDS = (_FOREIGN_WORDS | _ENGLISH_WORDS) - frozenset(_SLAVIC_LIST.split())


@dataclass(frozen=True)
class LanguageTables:
    """Letter-triple tables of shape (TRIPLES,).

    `slavic` holds log odds of Ukrainian against Russian, the others log probabilities above a
    uniform choice of letters: of English, and of both languages in Latin letters.
    """

    slavic: NDArray[np.float32]
    english: NDArray[np.float32]
    ukrainian_in_latin: NDArray[np.float32]
    russian_in_latin: NDArray[np.float32]


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


def learn(texts: Mapping[str, Sequence[str]]) -> LanguageTables:
    """Count letter triples of texts into tables.

    Languages are "uk", "ru" and "en", and "uk-Latn" and "ru-Latn" for the same in Latin letters.
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


def _latin_language(text: str, average: float, strange: int) -> str:
    words = set(text.lower().replace("'", "").split())
    english, foreign = len(words & _ENGLISH_WORDS), len(words & _FOREIGN_WORDS)
    if foreign > english or (strange and strange >= english):
        return "other"
    if english == 0 and len(words) >= 4 and average < 0.9:
        return "other"
    return "en"


def _slavic_in_latin(text: str, letters: int, odds: Sequence[float]) -> str:
    """Return "uk" or "ru" for either written in Latin letters, nothing for other texts."""
    ukrainian, russian, english = odds
    slavic = max(ukrainian, russian)
    least = max(_LIKELIER * letters, _LIKELIER_IN_ALL)
    if slavic < _LIKELY * letters or slavic - english < least:
        return ""
    if not _OTHERS_WORDS.isdisjoint(_WORD.findall(text.lower())):
        return ""
    return "uk" if ukrainian > russian else "ru"


def _sums(letters: Letters, tables: LanguageTables) -> tuple[NDArray[Any], ...]:
    """For each text: log odds of Ukrainian against Russian, those of its Latin letters in three
    languages against chance, (n, 3), and letters of no known alphabet.
    """
    place, codes = _triples(letters)
    slavic = tables.slavic.take(codes) * (letters.kinds == CYRILLIC)
    strange = letters.sums(place == _UNKNOWN, int)
    return letters.sums(slavic, float), _latin_odds(codes, letters, tables), strange


def _latin_odds(
    codes: NDArray[np.int32], letters: Letters, tables: LanguageTables
) -> NDArray[np.float64]:
    known = (tables.ukrainian_in_latin, tables.russian_in_latin, tables.english)
    latin = letters.kinds == LATIN
    if not latin.any():
        return np.zeros((len(letters.lengths), len(known)))
    codes = codes * latin
    return np.stack([letters.sums(t.take(codes) * latin, float) for t in known], axis=1)


def _judge(
    text: str, kinds: list[int], slavic: float, in_latin: Sequence[float], strange: int
) -> str:
    latin, cyrillic, foreign = kinds[LATIN], kinds[CYRILLIC], kinds[FOREIGN]
    if foreign > latin + cyrillic or latin + cyrillic == 0:
        return "other"
    if cyrillic * 2 >= latin:
        if strange * 8 > cyrillic:
            return "other"
        return "uk" if slavic > 0 else "ru"
    if not strange and (name := _slavic_in_latin(text, latin, in_latin)):
        return name
    return _latin_language(text, in_latin[2] / latin, strange)


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
