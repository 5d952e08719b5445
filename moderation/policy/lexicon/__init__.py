"""Word lists, one entry per line, in the text files of this folder.

A star stands for any letters: `кредит*` matches "кредитний", `*casino*` any word that contains it.
Words are folded before they are compared, so the lists need no capitals and no disguises.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from moderation.policy.reading import Phrasebook, Span, Word, merged, words

_NO_LETTERS = re.compile(r"[\W\d_]+")


class Lexicon:
    """The phrases of a list, and its word parts, which match anywhere in a word."""

    def __init__(self, listed: Iterable[str]) -> None:
        listed = list(listed)
        parts = [re.escape(_part(line)) for line in listed if line.startswith("*")]
        self._inside = re.compile("|".join(parts) or r"(?!)")
        self._phrases = Phrasebook([line for line in listed if not line.startswith("*")])

    def find(self, text_words: Sequence[Word]) -> list[Span]:
        """Return the spans of listed phrases among these words, (start, end), in order."""
        return merged(self._places(text_words))

    def _places(self, text_words: Sequence[Word]) -> Iterator[Span]:
        yield from self._phrases.find(text_words)
        yield from ((word.start, word.end) for word in text_words if self._inside.search(word.form))


@cache
def lexicon(name: str) -> Lexicon:
    return Lexicon(lines(name))


def lines(name: str) -> list[str]:
    """Return the lines of the list `name`.txt; text after a # is a comment."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    bare = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line for line in bare if line]


def classes(name: str) -> dict[str, str]:
    """Return the classes of words of the list `name`, whose lines read `CLASS: some words`.

    A line without a colon continues the one before it.
    """
    found: dict[str, str] = {}
    kind = ""
    for line in lines(name):
        before, colon, after = line.rpartition(":")
        kind = before if colon else kind
        found[kind] = f"{found.get(kind, '')} {after}"
    return found


def verb_classes(name: str) -> dict[str, str]:
    """Return the classes of words of a list of verbs, with the forms of one verb on a line.

    `[TO_DO I_DO -]` names the classes of the columns that follow; a dash is not a word.
    """
    found: dict[str, str] = {}
    kinds: list[str] = []
    for line in lines(name):
        if line.startswith("["):
            kinds = line.strip("[]").split()
            continue
        for kind, word in zip(kinds, line.split(), strict=True):
            if "-" not in (kind, word):
                found[kind] = f"{found.get(kind, '')} {word}"
    return found


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a name or website; cached, because several rules read the same one.

    Not for comments: the cache would keep their whole texts.
    """
    return tuple(words(text))


@lru_cache(maxsize=1024)
def letters_of(text: str) -> tuple[Word, ...]:
    """Return the words reduced to their letters: "казино" for "казино777" and "_казино_".

    A star inside a word, which masks a letter, stays.
    """
    by_letters = (
        Word(_NO_LETTERS.sub(_star, word.form), word.start, word.end) for word in words_of(text)
    )
    return tuple(word for word in by_letters if word.form)


def _star(signs: re.Match[str]) -> str:
    return "*" * signs.group().count("*")


def _part(line: str) -> str:
    (word,) = words(line.strip("*"))
    return word.form
