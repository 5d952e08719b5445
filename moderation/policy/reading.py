"""Text read as the model reads it: words that case, apostrophes, accents or look-alikes don't hide.

Pure, so that rules may use it; each word knows where it stands, so that it can be marked.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

import numpy as np

from moderation.classifier.characters import CYRILLIC_TWIN, LATIN_TWIN, LOWER
from moderation.classifier.text import BETWEEN, Tokens, fold, read

Stretch = tuple[int, int]

_HYPHENS = frozenset("-‐‑‒–")
# They end a sentence and are no part of what is said.
_END_MARKS = frozenset("!?")
ANY_ENDING = "*"
_WRITTEN = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
# Letters of a third alphabet that are mistaken for Cyrillic ones.
_GREEK = str.maketrans("αβεηικμνορτυχω", "авеникмнортухw")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is read, or one sign such as + or an emoji, and where it stands."""

    said: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of any text, in order: small letters, one letter for i and y, e and its kin.

    Takes what the model takes for one word as one ("d.u.m.b"); the parts of a hyphenated word are
    words of their own.
    """
    laid, tokens = _laid_out([text])
    starts, places = tokens.token_starts.tolist(), tokens.origin.tolist()
    found = []
    # One space stands before each token, and one at the very end.
    for first, after in zip(starts, [*(s - 1 for s in starts), len(laid) - 1][1:], strict=True):
        if (said := laid[first:after]) not in _END_MARKS:
            found.append(Word(said, places[first], _end(text, places[after - 1])))
    return found


def spoken(text: str) -> str:
    """The words of a text alone as they are written, in small letters with one space between."""
    return " ".join(word.casefold() for word in _WRITTEN.findall(text))


def words_of_all(texts: Sequence[str]) -> list[list[str]]:
    """The words of many texts, without their places and without signs, in one go."""
    laid, tokens = _laid_out(texts)
    ends = np.append(tokens.token_starts, len(laid))[tokens.text_starts]
    said = (laid[start:end].replace(ANY_ENDING, " ").split() for start, end in pairwise(ends))
    return [[word for word in each if word[0].isalnum()] for each in said]


def _laid_out(texts: Sequence[str]) -> tuple[str, Tokens]:
    """The texts' tokens as the model has them, but with the digits that it takes all for one."""
    tokens = fold(read(texts), places=True)
    joined = (" " * BETWEEN).join([*texts, ""])
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = tokens.codes.copy()
    digits = (codes == ord("0")).nonzero()[0]
    codes[digits] = LOWER.take(raw[tokens.origin[digits]], mode="clip")
    return codes.tobytes().decode("utf-32-le", "replace"), tokens


def _end(text: str, last: int) -> int:
    end = last + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _closed_up(text: str, apart: Sequence[Word]) -> list[Word]:
    """The same words, those between which there is but a hyphen as one."""
    numbers = [0]
    for one, other in pairwise(apart):
        numbers.append(numbers[-1] + (text[one.end : other.start] not in _HYPHENS))
    runs = groupby(zip(numbers, apart, strict=False), key=lambda pair: pair[0])
    return [_as_one([word for _number, word in run]) for _number, run in runs]


def _as_one(run: Sequence[Word]) -> Word:
    return Word("".join(word.said for word in run), run[0].start, run[-1].end)


def _readings(text: str) -> list[list[Word]]:
    apart = words(text)
    closed = _closed_up(text, apart)
    return [apart] if len(closed) == len(apart) else [apart, closed]


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a phrase, which may have any ending."""

    said: str
    open: bool

    def fits(self, word: Word) -> bool:
        return word.said.startswith(self.said) if self.open else word.said == self.said


Phrase = tuple[Part, ...]


def phrases(line: str) -> list[Phrase]:
    """A line of a list of phrases as it is looked for; more than one where it has a hyphen.

    A star at the end of a word stands for any ending.
    """
    spoken: list[list[Part]] = [[], []]
    for piece in line.split():
        stem = piece.rstrip(ANY_ENDING)
        for parts, reading in zip(spoken, _readings(stem) * 2, strict=False):
            parts += [Part(word.said, open=False) for word in reading]
            if parts and reading and stem != piece:
                parts[-1] = Part(parts[-1].said, open=True)
    return [*dict.fromkeys(tuple(parts) for parts in spoken if parts)]


class Phrasebook:
    """Phrases by how they begin, so that a long list costs no more than a short one."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.whole: dict[str, list[Phrase]] = defaultdict(list)
        self.begun: dict[str, list[Phrase]] = defaultdict(list)
        for line in lines:
            for phrase in phrases(line):
                (self.begun if phrase[0].open else self.whole)[phrase[0].said].append(phrase)
        self.lengths = sorted({len(said) for said in self.begun})

    def found(self, said: Sequence[Word]) -> Iterator[Stretch]:
        for place, word in enumerate(said):
            for phrase in self._beginning_with(word):
                run = said[place : place + len(phrase)]
                if len(run) == len(phrase) and all(map(Part.fits, phrase, run)):
                    yield run[0].start, run[-1].end

    def _beginning_with(self, word: Word) -> Iterator[Phrase]:
        yield from self.whole.get(word.said, ())
        for length in self.lengths:
            yield from self.begun.get(word.said[:length], ())


_phrasebook = lru_cache(maxsize=8)(Phrasebook)


def found(text: str, lines: tuple[str, ...]) -> list[Stretch]:
    """Where in the text these phrases stand (start, end), in order and without overlaps."""
    if not lines:
        return []
    book = _phrasebook(lines)
    return merged(place for reading in _readings(text) for place in book.found(reading))


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Sorted, those that overlap as one."""
    whole: list[Stretch] = []
    for start, end in sorted(stretches):
        if whole and start < whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole


def skeleton(word: str) -> str:
    """What a folded word looks like: the same for all words that an eye takes for one another."""
    codes = [ord(letter) for letter in word.translate(_GREEK)]
    looks = (CYRILLIC_TWIN[LATIN_TWIN[code]] if code < len(LATIN_TWIN) else code for code in codes)
    return "".join(map(chr, looks)).replace("і", "и")
