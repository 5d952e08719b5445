"""Split text into folded words, independent of case, apostrophes and look-alike letters.

Uses no database, so rules may use it. Each word keeps its span in the text for highlighting.
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
from moderation.classifier.text import GAP, Tokens, fold, unmask

Span = tuple[int, int]

_HYPHENS = frozenset("-‐‑‒–")
# These end a sentence and are not words.
_END_MARKS = frozenset("!?")
ANY_ENDING = "*"
_WRITTEN = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
# Greek letters that look Cyrillic.
_GREEK = str.maketrans("αβεηικμνορτυχω", "авеникмнортухw")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, or one sign such as + or an emoji, with its span in the text."""

    form: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """Return the words of any text in order, in lower case and with similar letters folded.

    A word spelled letter by letter ("d.u.m.b") is one word; the parts of a hyphenated word are
    separate words.
    """
    folded, tokens = _tokens([text])
    starts, places = tokens.token_starts.tolist(), tokens.origin.tolist()
    found = []
    # There is one space before each token, and one at the very end.
    for first, after in zip(starts, [*(s - 1 for s in starts), len(folded) - 1][1:], strict=True):
        if (form := folded[first:after]) not in _END_MARKS:
            found.append(Word(form, places[first], _end(text, places[after - 1])))
    return found


def normalized(text: str) -> str:
    """Return the words as written, in lower case, separated by single spaces."""
    return " ".join(word.casefold() for word in _WRITTEN.findall(text))


def words_of_texts(texts: Sequence[str]) -> list[list[str]]:
    """Return the words of each text, without spans and signs. A batch is read in one pass."""
    folded, tokens = _tokens(texts)
    ends = np.append(tokens.token_starts, len(folded))[tokens.text_starts]
    split = (folded[start:end].replace(ANY_ENDING, " ").split() for start, end in pairwise(ends))
    return [[word for word in each if word[0].isalnum()] for each in split]


def _tokens(texts: Sequence[str]) -> tuple[str, Tokens]:
    """Return the folded tokens with their original digits, which folding replaces with 0."""
    tokens = fold(unmask(texts), with_origin=True)
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


def _joined_at_hyphens(text: str, separate: Sequence[Word]) -> list[Word]:
    """Join words that are separated only by a hyphen."""
    numbers = [0]
    for one, other in pairwise(separate):
        numbers.append(numbers[-1] + (text[one.end : other.start] not in _HYPHENS))
    runs = groupby(zip(numbers, separate, strict=False), key=lambda pair: pair[0])
    return [_as_one_word([word for _number, word in run]) for _number, run in runs]


def _as_one_word(run: Sequence[Word]) -> Word:
    return Word("".join(word.form for word in run), run[0].start, run[-1].end)


def _readings(text: str) -> list[list[Word]]:
    separate = words(text)
    joined_words = _joined_at_hyphens(text, separate)
    return [separate] if len(joined_words) == len(separate) else [separate, joined_words]


@dataclass(frozen=True, slots=True)
class PhraseWord:
    """One word of a phrase. An open one may have any ending."""

    form: str
    open: bool

    def fits(self, word: Word) -> bool:
        return word.form.startswith(self.form) if self.open else word.form == self.form


Phrase = tuple[PhraseWord, ...]


def phrases(line: str) -> list[Phrase]:
    """Return the phrases that a line of a list stands for: two if it has a hyphen.

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
    """Phrases indexed by their first word, so a long list costs no more than a short one."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.whole: dict[str, list[Phrase]] = defaultdict(list)
        self.prefixes: dict[str, list[Phrase]] = defaultdict(list)
        for line in lines:
            for phrase in phrases(line):
                (self.prefixes if phrase[0].open else self.whole)[phrase[0].form].append(phrase)
        self.lengths = sorted({len(prefix) for prefix in self.prefixes})

    def find(self, words: Sequence[Word]) -> Iterator[Span]:
        for place, word in enumerate(words):
            for phrase in self._beginning_with(word):
                run = words[place : place + len(phrase)]
                if len(run) == len(phrase) and all(map(PhraseWord.fits, phrase, run)):
                    yield run[0].start, run[-1].end

    def _beginning_with(self, word: Word) -> Iterator[Phrase]:
        yield from self.whole.get(word.form, ())
        for length in self.lengths:
            yield from self.prefixes.get(word.form[:length], ())


_phrasebook = lru_cache(maxsize=8)(Phrasebook)


def find_phrases(text: str, lines: tuple[str, ...]) -> list[Span]:
    """Return the spans of these phrases in the text, (start, end), in order, without overlaps."""
    if not lines:
        return []
    book = _phrasebook(lines)
    return merged(place for reading in _readings(text) for place in book.find(reading))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, with overlapping ones joined."""
    whole: list[Span] = []
    for start, end in sorted(spans):
        if whole and start < whole[-1][1]:
            whole[-1] = whole[-1][0], max(end, whole[-1][1])
        else:
            whole.append((start, end))
    return whole


def skeleton(word: str) -> str:
    """Return a form that is equal for all folded words that look alike to a reader."""
    codes = [ord(letter) for letter in word.translate(_GREEK)]
    looks = (CYRILLIC_TWIN[LATIN_TWIN[code]] if code < len(LATIN_TWIN) else code for code in codes)
    return "".join(map(chr, looks)).replace("і", "и")
