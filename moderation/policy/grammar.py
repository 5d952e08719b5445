"""Patterns over classes of words: which classes follow each other within a sentence.

A text is folded as for the classifier, so disguises are undone; text in Latin letters is read a
second time as transliterated Ukrainian or Russian. Each word becomes one character that encodes its
classes, and patterns are short regular expressions over these characters, so the time is linear in
the length of the text and does not depend on the number of words listed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain, count, islice, permutations

import numpy as np

from moderation.classifier.characters import FOLD
from moderation.classifier.text import clip, fold, unmask
from moderation.policy.reading import Span

_SENTENCE_END = re.compile(r"[.!?…;](?=\s)|\n")
_UNKNOWN, _END = ".", "|"
# Transliterations, the longest first.
_LATIN = (
    *(("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш")),
    *(("ya", "я"), ("ia", "я"), ("ja", "я"), ("yu", "ю"), ("iu", "ю"), ("ju", "ю"), ("ye", "е")),
    *(("ie", "е"), ("je", "е"), ("yo", "е"), ("yi", "и"), ("ji", "и")),
)
_LATIN_LETTERS = str.maketrans("abvwgdezyijklmnoprstufhc", "абввгдезиииклмнопрстуфхц")
_CYRILLIC = re.compile("[а-яіїєґ]")
# The first character that encodes classes; none has a meaning in a regular expression.
_FIRST_SIGN = 0x4E00
_MAX_MATCHES = 50


@dataclass(frozen=True)
class Pattern:
    """Classes in their order: `A|B` is either, `~2` up to two words of any kind in between,
    `!A B` a B that does not follow an A, START and END the beginning and end of a sentence, a word
    in small letters itself.

    The sentence must have no word of the classes in `unless`; the text must have one of those in
    `requires`.
    """

    order: str
    unless: str = ""
    requires: str = ""


def in_any_order(*classes: str, gap: int, unless: str = "", requires: str = "") -> list[Pattern]:
    """Return a pattern for each order of the classes, with up to `gap` words in between."""
    # A class may be named twice.
    orders = dict.fromkeys(map(f" ~{gap} ".join, permutations(classes)))
    return [Pattern(order, unless=unless, requires=requires) for order in orders]


def _plain(word: str) -> str:
    """Return a folded word without the letters in which spellings and transliterations differ."""
    return word.replace("ь", "").replace("й", "и")


def _folded(word: str) -> str:
    letters = (letter for letter in word.lower() if letter not in "'’ʼъ")
    return _plain("".join(chr(FOLD[ord(letter)]) for letter in letters))


def _classes(word: str, prefixes: Mapping[str, set[str]]) -> frozenset[str]:
    """Return the classes of all stems that the word begins with."""
    stems = (word[:length] for length in range(1, len(word) + 1))
    return frozenset().union(*(prefixes.get(stem, ()) for stem in stems))


def _names(order: str) -> list[str]:
    """Return the parts of an order that stand for a word of the text."""
    return [part for part in order.split() if part != "START" and part[0] not in "~!"]


def _literal_words(patterns: Iterable[Pattern]) -> dict[str, str]:
    """Return the words that patterns name themselves, each a class of its own."""
    parts = (f"{each.order} {each.unless} {each.requires}".split() for each in patterns)
    names = {name for part in chain.from_iterable(parts) for name in part.lstrip("!").split("|")}
    return {name: name for name in names if name.islower()}


class Lexicon:
    """Words and their classes. A word may have several; a star stands for any ending."""

    def __init__(self, words: Mapping[str, str]) -> None:
        exact: dict[str, set[str]] = {}
        prefixes: dict[str, set[str]] = {}
        for name, listed in words.items():
            for word in listed.split():
                kind = prefixes if word.endswith("*") else exact
                kind.setdefault(_folded(word.rstrip("*")), set()).add(name)
        stems = {stem: _classes(stem, prefixes) for stem in prefixes}
        known = {word: _classes(word, prefixes) | names for word, names in exact.items()}
        kinds = sorted({*known.values(), *stems.values()}, key=sorted)
        self._signs = dict(zip(kinds, map(chr, count(_FIRST_SIGN)), strict=False))
        self._exact = {word: self._signs[names] for word, names in known.items()} | {_END: _END}
        self._stems = {stem: self._signs[names] for stem, names in stems.items()}
        self._lengths = sorted({len(stem) for stem in stems}, reverse=True)
        self._names = set(words)
        self._commonness: dict[str, float] = {}
        for word, sign in [*self._exact.items(), *self._stems.items()]:
            self._commonness[sign] = self._commonness.get(sign, 0) + 1 / len(word) ** 3
        # Most words of a comment are common, so the cache nearly always has them.
        self.sign = lru_cache(maxsize=1 << 15)(self._sign)
        # Patterns name the same classes again and again.
        self.signs = cache(self._signs_of)
        self.commonness = cache(self._commonness_of)

    def _sign(self, word: str) -> str:
        """Return the character that encodes the classes of a folded word."""
        word = _plain(word)
        if found := self._exact.get(word):
            return found
        for length in self._lengths:
            if found := self._stems.get(word[:length]):
                return found
        return _UNKNOWN

    def _signs_of(self, names: str) -> frozenset[str]:
        """Return the characters of words of these classes, `A|B`; KeyError for an unknown class."""
        wanted = set(names.split("|"))
        if unknown := wanted - self._names:
            raise KeyError(f"unknown class of words: {', '.join(sorted(unknown))}")
        return frozenset(sign for kinds, sign in self._signs.items() if kinds & wanted)

    def _commonness_of(self, signs: frozenset[str]) -> float:
        """Estimate how often a text has one of these signs: short words are the common ones."""
        return sum(self._commonness.get(sign, 0) for sign in signs)

    def _any_of(self, names: str) -> str:
        """Return an expression for a word of these classes; with END, for no word at an end."""
        classes = [name for name in names.split("|") if name != "END"]
        # A mark such as "!" is a word too.
        ends = [rf"(?=\.?[{_END}])"] if "END" in names.split("|") else []
        signs = [f"[{''.join(sorted(self.signs('|'.join(classes))))}]"] if classes else []
        return f"(?:{'|'.join(signs + ends)})"

    def compiled(self, order: str) -> re.Pattern[str]:
        """Compile the order of a pattern to a regular expression."""
        parts, not_after = [], ""
        for word in order.split():
            if word == "START":
                parts.append(rf"(?<![^{_END}])")
            elif word.startswith("~"):
                parts.append(f"[^{_END}]{{0,{word[1:]}}}")
            elif word.startswith("!"):
                not_after = f"(?<!{self._any_of(word[1:])})"
            else:
                parts.append(not_after + self._any_of(word))
                not_after = ""
        return re.compile("".join(parts))


@dataclass(frozen=True)
class Reading:
    """A text as one character per word, with marks between sentences, and the span of each word."""

    signs: str
    places: tuple[Span, ...]


class _Prepared:
    """A pattern that can only be found in a text with a word for each of `needs`."""

    def __init__(self, pattern: Pattern, lexicon: Lexicon) -> None:
        needed = [*_names(pattern.order), *filter(None, [pattern.requires])]
        self.needs = frozenset(
            lexicon.signs(names) for names in needed if "END" not in names.split("|")
        )
        self._unless = lexicon.signs(pattern.unless) if pattern.unless else frozenset[str]()
        # Compiled when first needed: most processes never meet most patterns.
        self._order = cache(lambda: lexicon.compiled(pattern.order))

    def spans(self, reading: Reading) -> Iterator[Span]:
        for match in self._order().finditer(reading.signs):
            first, last = match.start(), match.end() - 1
            if self._unless.isdisjoint(_sentence(reading.signs, first)):
                yield reading.places[first][0], reading.places[last][1]


@dataclass(frozen=True, eq=False)
class _Group:
    """Patterns with equal needs, such as those of the same classes in each order."""

    needs: frozenset[frozenset[str]]
    patterns: list[_Prepared] = field(default_factory=list)


class Grammar:
    """Finds patterns in texts. Has no state, so threads may share it."""

    def __init__(self, words: Mapping[str, str], patterns: Sequence[Pattern]) -> None:
        self._lexicon = Lexicon({**words, **_literal_words(patterns)})
        groups: dict[frozenset[frozenset[str]], _Group] = {}
        for pattern in patterns:
            prepared = _Prepared(pattern, self._lexicon)
            groups.setdefault(prepared.needs, _Group(prepared.needs)).patterns.append(prepared)
        # By a word that each of them needs, so only a few are examined for a text.
        self._by_sign: dict[str, list[_Group]] = {}
        for group in groups.values():
            for sign in min(group.needs, key=self._lexicon.commonness):
                self._by_sign.setdefault(sign, []).append(group)

    def read(self, text: str) -> "Readings":
        """Read any string, as spelled; if it has no Cyrillic letters, also as transliterated."""
        words, places = _words(clip(text))
        found = [self._read(words, places)]
        if words and not _CYRILLIC.search(" ".join(words)):
            found.append(self._read(_from_latin(" ".join(words)).split(" "), places))
        return Readings(self, found)

    def find(self, text: str) -> Iterator[Span]:
        return self.read(text).find()

    def spans(self, reading: Reading) -> Iterator[Span]:
        """Yield the spans of matches, in no particular order."""
        present = frozenset(reading.signs)
        groups = {group for sign in present for group in self._by_sign.get(sign, ())}
        for group in groups:
            if not any(map(present.isdisjoint, group.needs)):
                for pattern in group.patterns:
                    yield from pattern.spans(reading)

    def signs(self, names: str) -> frozenset[str]:
        """Return the characters of words of these classes, `A|B`."""
        return self._lexicon.signs(names)

    def _read(self, words: Sequence[str], places: Sequence[Span]) -> Reading:
        return Reading("".join(map(self._lexicon.sign, words)), tuple(places))


@dataclass(frozen=True)
class Readings:
    """The readings of one text, to which several questions can be put."""

    grammar: Grammar
    readings: Sequence[Reading]

    def find(self) -> Iterator[Span]:
        """Yield up to 50 spans of matches, (start, end), in no particular order."""
        found = (span for reading in self.readings for span in self.grammar.spans(reading))
        return islice(found, _MAX_MATCHES)

    def mentions(self, names: str) -> bool:
        """Whether the text has a word of one of these classes, `A|B`."""
        signs = self.grammar.signs(names)
        return any(not signs.isdisjoint(reading.signs) for reading in self.readings)


def _sentence(signs: str, place: int) -> str:
    return signs[signs.rfind(_END, 0, place) + 1 : signs.find(_END, place)]


def _from_latin(word: str) -> str:
    for latin, cyrillic in _LATIN:
        word = word.replace(latin, cyrillic)
    return word.translate(_LATIN_LETTERS)


def _words(text: str) -> tuple[list[str], list[Span]]:
    """Return the folded words in order, with _END after each sentence, and their spans."""
    tokens = fold(unmask([text]), with_origin=True)
    folded = tokens.codes.tobytes().decode("utf-32-le", "replace")
    starts = tokens.token_starts
    if not len(starts):
        return [], []
    firsts = tokens.origin.take(starts)
    lasts = tokens.origin.take(np.append(starts[1:], len(folded)) - 2)
    ends = [found.start() for found in _SENTENCE_END.finditer(text)]
    sentences = np.searchsorted(ends, firsts).tolist()
    words: list[str] = []
    places: list[Span] = []
    spans = zip(firsts.tolist(), (lasts + 1).tolist(), strict=True)
    current = 0
    for word, place, sentence in zip(folded.split(), spans, sentences, strict=True):
        if sentence != current:
            words.append(_END)
            places.append(place)
            current = sentence
        words.append(word)
        places.append(place)
    return [*words, _END], [*places, (len(text), len(text))]
