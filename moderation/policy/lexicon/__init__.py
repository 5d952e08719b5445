"""Lists of words and phrases, one a line, in the text files beside this one.

A star stands for any letters: `кредит*` is also "кредитний", `*casino*` any word that holds it.
Words are compared as the classifier reads them, so the lists need neither case nor disguises.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from moderation.policy.reading import Phrasebook, Stretch, Word, merged, words

_NO_LETTERS = re.compile(r"[\W\d_]+")


class Lexicon:
    """Phrases, and parts of words that say enough wherever they stand."""

    def __init__(self, listed: Iterable[str]) -> None:
        listed = list(listed)
        parts = [re.escape(_part(line)) for line in listed if line.startswith("*")]
        self._inside = re.compile("|".join(parts) or r"(?!)")
        self._phrases = Phrasebook([line for line in listed if not line.startswith("*")])

    def find(self, said: Sequence[Word]) -> list[Stretch]:
        """Where in these words the list's stand: (start, end) of each, in order."""
        return merged(self._places(said))

    def _places(self, said: Sequence[Word]) -> Iterator[Stretch]:
        yield from self._phrases.found(said)
        yield from ((word.start, word.end) for word in said if self._inside.search(word.said))


@cache
def lexicon(name: str) -> Lexicon:
    return Lexicon(lines(name))


def lines(name: str) -> list[str]:
    """The lines of the list `name`.txt; what follows a # is a remark."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    bare = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in bare if line]


@lru_cache(maxsize=1024)
def as_written(text: str) -> tuple[Word, ...]:
    """The words of a text; kept for a moment, as several rules ask for those of one name."""
    return tuple(words(text))


@lru_cache(maxsize=1024)
def spelled(text: str) -> tuple[Word, ...]:
    """The words of a text by their letters alone: of "казино777" and "_казино_" but "казино".

    A star inside a word, which masks a letter, is left.
    """
    by_letters = (
        Word(_NO_LETTERS.sub(_star, word.said), word.start, word.end) for word in as_written(text)
    )
    return tuple(word for word in by_letters if word.said)


def _star(signs: re.Match[str]) -> str:
    return "*" * signs.group().count("*")


def _part(line: str) -> str:
    (word,) = words(line.strip("*"))
    return word.said
