"""Split text into words as the model reads them, whatever their case, apostrophes or look-alikes.

Pure, so that rules may use it. Each word keeps its place in the text, so that it can be marked.
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
from moderation.classifier.text import GAP, Tokens, fold, read

Span = tuple[int, int]

_HYPHENS = frozenset("-‐‑‒–")
# They end a sentence and are not words.
_END_MARKS = frozenset("!?")
ANY_ENDING = "*"
_WRITTEN = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
# Greek letters that look Cyrillic.
_GREEK = str.maketrans("αβεηικμνορτυχω", "авеникмнортухw")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, or one sign such as + or an emoji, with its place in the text."""

    form: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of any text, in order, in lower case, with similar letters folded into one.

    What the model reads as one word is one word ("d.u.m.b"); the parts of a hyphenated word are
    separate words.
    """
    laid, tokens = _tokens([text])
    starts, places = tokens.token_starts.tolist(), tokens.origin.tolist()
    found = []
    # One space stands before each token, and one at the very end.
    for first, after in zip(starts, [*(s - 1 for s in starts), len(laid) - 1][1:], strict=True):
        if (said := laid[first:after]) not in _END_MARKS:
            found.append(Word(said, places[first], _end(text, places[after - 1])))
    return found


def normalized(text: str) -> str:
    """The words as written, in lower case, separated by single spaces; nothing else."""
    return " ".join(word.casefold() for word in _WRITTEN.findall(text))


def words_of_texts(texts: Sequence[str]) -> list[list[str]]:
    """The words of each text, without their places and without signs. Reads a batch at once."""
    laid, tokens = _tokens(texts)
    ends = np.append(tokens.token_starts, len(laid))[tokens.text_starts]
    said = (laid[start:end].replace(ANY_ENDING, " ").split() for start, end in pairwise(ends))
    return [[word for word in each if word[0].isalnum()] for each in said]


def _tokens(texts: Sequence[str]) -> tuple[str, Tokens]:
    """The model's tokens, but with the digits, which the model folds into one."""
    tokens = fold(read(texts), places=True)
    joined = (" " * GAP).join([*texts, ""])
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


def _joined_at_hyphens(text: str, apart: Sequence[Word]) -> list[Word]:
    """The same words, with those that only a hyphen separates joined."""
    numbers = [0]
    for one, other in pairwise(apart):
        numbers.append(numbers[-1] + (text[one.end : other.start] not in _HYPHENS))
    runs = groupby(zip(numbers, apart, strict=False), key=lambda pair: pair[0])
    return [_as_one_word([word for _number, word in run]) for _number, run in runs]


def _as_one_word(run: Sequence[Word]) -> Word:
    return Word("".join(word.form for word in run), run[0].start, run[-1].end)


def _readings(text: str) -> list[list[Word]]:
    apart = words(text)
    closed = _joined_at_hyphens(text, apart)
    return [apart] if len(closed) == len(apart) else [apart, closed]


@dataclass(frozen=True, slots=True)
class PhraseWord:
    """One word of a phrase; an open one may have any ending."""

    form: str
    open: bool

    def fits(self, word: Word) -> bool:
        return word.form.startswith(self.form) if self.open else word.form == self.form


Phrase = tuple[PhraseWord, ...]


def phrases(line: str) -> list[Phrase]:
    """The phrases that a line of a list stands for: more than one where it has a hyphen.

    A star at the end of a word stands for any ending.
    """
    readings: list[list[PhraseWord]] = [[], []]
    for piece in line.split():
        stem = piece.rstrip(ANY_ENDING)
        for phrase, reading in zip(readings, _readings(stem) * 2, strict=False):
            phrase += [PhraseWord(word.form, open=False) for word in reading]
            if phrase and reading and stem != piece:
                phrase[-1] = PhraseWord(phrase[-1].form, open=True)
    return [*dict.fromkeys(tuple(phrase) for phrase in readings if phrase)]


class Phrasebook:
    """Phrases indexed by their first word, so that a long list costs no more than a short one."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.whole: dict[str, list[Phrase]] = defaultdict(list)
        self.begun: dict[str, list[Phrase]] = defaultdict(list)
        for line in lines:
            for phrase in phrases(line):
                (self.begun if phrase[0].open else self.whole)[phrase[0].form].append(phrase)
        self.lengths = sorted({len(said) for said in self.begun})

    def found(self, said: Sequence[Word]) -> Iterator[Span]:
        for place, word in enumerate(said):
            for phrase in self._beginning_with(word):
                run = said[place : place + len(phrase)]
                if len(run) == len(phrase) and all(map(PhraseWord.fits, phrase, run)):
                    yield run[0].start, run[-1].end

    def _beginning_with(self, word: Word) -> Iterator[Phrase]:
        yield from self.whole.get(word.form, ())
        for length in self.lengths:
            yield from self.begun.get(word.form[:length], ())


_phrasebook = lru_cache(maxsize=8)(Phrasebook)


def found(text: str, lines: tuple[str, ...]) -> list[Span]:
    """The places of these phrases in the text, (start, end), in order and without overlaps."""
    if not lines:
        return []
    book = _phrasebook(lines)
    return merged(place for reading in _readings(text) for place in book.found(reading))


def merged(stretches: Iterable[Span]) -> list[Span]:
    """The spans in order, with overlapping ones joined."""
    whole: list[Span] = []
    for start, end in sorted(stretches):
        if whole and start < whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole


def skeleton(word: str) -> str:
    """The same for all folded words that look alike to a reader."""
    codes = [ord(letter) for letter in word.translate(_GREEK)]
    looks = (CYRILLIC_TWIN[LATIN_TWIN[code]] if code < len(LATIN_TWIN) else code for code in codes)
    return "".join(map(chr, looks)).replace("і", "и")
