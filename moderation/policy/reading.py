"""Split text into folded words, independent of case, apostrophes and look-alike letters.

Uses no database, so rules may use it. Each word keeps its span in the text for highlighting.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from moderation.classifier.characters import CYRILLIC_TWIN, LATIN_TWIN, LOWER
from moderation.classifier.text import GAP, Tokens, fold, unmask

Span = tuple[int, int]

_HYPHENS = frozenset("-‐‑‒–")
_HYPHENATED = re.compile(r"\S[-‐‑‒–]\S")
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
    return next(_words_of_each([text]))


def _words_of_each(
    texts: Sequence[str], wanted: Callable[[str, Sequence[str]], bool] | None = None
) -> Iterator[list[Word]]:
    """Yield the words of each text; a batch is read in one pass.

    None of a text is yielded if it is not wanted, given the text and its folded words: to find
    their places takes longest.
    """
    folded, tokens = _tokens(texts)
    starts, places = tokens.token_starts.tolist(), tokens.origin.tolist()
    # There is one space before each token, and one at the very end.
    ends = [*(start - 1 for start in starts), len(folded) - 1][1:]
    offset = 0
    for text, (first, after) in zip(texts, pairwise(tokens.text_starts.tolist()), strict=True):
        of_text = zip(starts[first:after], ends[first:after], strict=True)
        forms = [folded[start:end] for start, end in of_text]
        if wanted and not wanted(text, forms):
            yield []
        else:
            begins = [places[start] - offset for start in starts[first:after]]
            lasts = [places[end - 1] - offset for end in ends[first:after]]
            yield [
                Word(form, begin, _end(text, last))
                for form, begin, last in zip(forms, begins, lasts, strict=True)
                if form not in _END_MARKS
            ]
        offset += len(text) + GAP


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
    runs = [[word] for word in separate[:1]]
    for one, other in pairwise(separate):
        if text[one.end : other.start] in _HYPHENS:
            runs[-1].append(other)
        else:
            runs.append([other])
    return [run[0] if len(run) == 1 else _as_one_word(run) for run in runs]


def _as_one_word(run: Sequence[Word]) -> Word:
    return Word("".join(word.form for word in run), run[0].start, run[-1].end)


def _readings(text: str) -> list[list[Word]]:
    return _both_readings(text, words(text))


def _both_readings(text: str, separate: list[Word]) -> list[list[Word]]:
    """Return the words, and if there are hyphens also those with their parts joined."""
    if not _HYPHENATED.search(text):
        return [separate]
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
        return ((run[0].start, run[-1].end) for _phrase, run in self.matches(words))

    def matches(self, words: Sequence[Word]) -> Iterator[tuple[Phrase, Sequence[Word]]]:
        """Yield each phrase that is found, with the words that it fits."""
        for place, word in enumerate(words):
            for phrase in self._beginning_with(word):
                run = words[place : place + len(phrase)]
                if len(run) == len(phrase) and all(map(PhraseWord.fits, phrase, run)):
                    yield phrase, run

    def begins(self, form: str) -> bool:
        """Whether a phrase begins with this word."""
        prefixes = (form[:length] for length in self.lengths)
        return form in self.whole or any(prefix in self.prefixes for prefix in prefixes)

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


@dataclass(frozen=True, slots=True)
class Caught:
    """Where a line of a list is found in a text.

    It is longer if only an asterisk catches one of the words.
    """

    line: str
    start: int
    end: int
    is_longer: bool


def caught_in_each(texts: Sequence[str], lines: tuple[str, ...]) -> list[list[Caught]]:
    """Return where each line is found in each text, as `find_phrases` finds it.

    A batch is read in one pass.
    """
    book = Phrasebook(lines)
    begins = lru_cache(maxsize=None)(book.begins)
    lines_of: dict[Phrase, list[str]] = defaultdict(list)
    for line in lines:
        for phrase in phrases(line):
            lines_of[phrase].append(line)

    def matters(text: str, forms: Sequence[str]) -> bool:
        return bool(_HYPHENATED.search(text)) or any(map(begins, forms))

    return [
        [
            Caught(line, run[0].start, run[-1].end, _is_longer(phrase, run))
            for reading in _both_readings(text, separate)
            for phrase, run in book.matches(reading)
            for line in lines_of[phrase]
        ]
        for text, separate in zip(texts, _words_of_each(texts, matters), strict=True)
    ]


def _is_longer(phrase: Phrase, run: Sequence[Word]) -> bool:
    return any(part.form != word.form for part, word in zip(phrase, run, strict=True))


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
