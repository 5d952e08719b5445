"""Disguise texts the way people hide words from filters, for training and for measuring."""

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from moderation.classifier.training.datasets import Example

_LEET_LATIN = {"o": "0", "i": "1", "e": "3", "a": "@", "s": "$", "t": "7"}
_LEET_CYRILLIC = {"о": "0", "з": "3", "ч": "4", "б": "6", "а": "@", "і": "1", "и": "1", "с": "$"}
_LOOKALIKES = dict(zip("асеорхуікАСЕОРХІКМТВН", "aceopxyikACEOPXIKMTBH", strict=True))
_PLAIN = "абвгґдезийклмнопрстуфыіэьъ'’"
_PLAIN_LATIN = "a b v g g d e z i y k l m n o p r s t u f y i e - - - -".replace("-", "").split(" ")
_SOUNDS = dict(zip(_PLAIN, _PLAIN_LATIN, strict=True))
# The letters on which transliteration schemes differ. The first scheme is the official one for
# Ukrainian names (2010), the second that of Russian passports; the others are seen in chats.
_VARYING = "ёжхцчшщюяєїиійг"
_SPELLINGS = (
    "yo zh kh ts ch sh shch iu ia ie i y i i h",
    "e zh kh ts ch sh shch iu ia e i i i i g",
    "yo zh h ts ch sh shch yu ya ye yi y i j g",
    "yo zh h c ch sh sch ju ja je ji i i y g",
    "e zh x c ch sh sch yu ya e i i i y g",
    "jo z h c c s sc ju ja je ji y i j h",
    "e zh h ts 4 w shh u ya e i u i y g",
)
_SCHEMES = tuple(
    _SOUNDS | dict(zip(_VARYING, spelling.split(), strict=True)) for spelling in _SPELLINGS
)
# How often each is used: the clumsy ones are rare.
_SCHEME_WEIGHTS = (4, 4, 5, 4, 2, 1, 1)
_MIXED_SHARE = 0.12
_VOWELS = frozenset("aeiouyаеёєиіїоуыэюяAEIOUYАЕЁЄИІЇОУЫЭЮЯ")
_EMOJI = "🙂😂🔥🤡💩"
_INLINE_TAGS = ("b", "i", "u", "em", "span")
_CYRILLIC = re.compile("[а-яіїєґ]")
SOURCE = "disguised"
SEED = 3
# Folding undoes all disguises except transliteration and hidden vowels, which have to be learned
# from examples.
TRANSLITERATED_SHARE, TRANSLITERATED_WEIGHT = 0.45, 0.7
DISGUISED_SHARE, DISGUISED_WEIGHT = 0.06, 0.5
Disguise = Callable[[str, random.Random], str]


def _in_words(text: str, change: Callable[[str], str], share: float, choice: random.Random) -> str:
    """Change this share of the words of at least four letters."""
    words = text.split(" ")
    return " ".join(
        change(word) if len(word) >= 4 and word.isalpha() and choice.random() < share else word
        for word in words
    )


def leet(text: str, choice: random.Random) -> str:
    """Replace inner letters of words with digits and signs."""
    table = _LEET_LATIN | _LEET_CYRILLIC

    def change(word: str) -> str:
        inner = "".join(table.get(letter, letter) for letter in word[1:-1])
        return word[0] + inner + word[-1]

    return _in_words(text, change, 0.7, choice)


def spaced(text: str, choice: random.Random) -> str:
    """Separate the letters of words with dots, hyphens or spaces."""
    mark = choice.choice(". -")
    return _in_words(text, lambda word: mark.join(word), 0.5, choice).replace("  ", " ")


def hidden(text: str, choice: random.Random) -> str:
    """Put zero-width characters between letters."""
    return _in_words(text, lambda word: choice.choice("\u200b\u200d\u2060").join(word), 0.8, choice)


def lookalikes(text: str, choice: random.Random) -> str:
    """Replace Cyrillic letters with Latin ones of the same shape."""

    def change(word: str) -> str:
        # One letter stays Cyrillic: a word spelled entirely in Latin is a transliteration.
        return word[:1] + "".join(_LOOKALIKES.get(letter, letter) for letter in word[1:])

    return _in_words(text, change, 0.8, choice)


def repeated(text: str, choice: random.Random) -> str:
    """Repeat one letter of a word."""

    def change(word: str) -> str:
        place = choice.randrange(len(word))
        return word[:place] + word[place] * choice.randint(3, 6) + word[place + 1 :]

    return _in_words(text, change, 0.7, choice)


def doubled(text: str, choice: random.Random) -> str:
    """Double every letter of a word."""
    return _in_words(text, lambda word: "".join(letter * 2 for letter in word), 0.7, choice)


def starred(text: str, choice: random.Random) -> str:
    """Replace a vowel inside a word with a star or a hash."""

    def change(word: str) -> str:
        places = [at for at, letter in enumerate(word) if letter in _VOWELS]
        inner = [at for at in places if 0 < at < len(word) - 1]
        if not inner:
            return word
        at = choice.choice(inner)
        return word[:at] + choice.choice("*#") + word[at + 1 :]

    return _in_words(text, change, 0.7, choice)


def tagged(text: str, choice: random.Random) -> str:
    """Put markup around a letter inside a word."""

    def change(word: str) -> str:
        at, tag = choice.randrange(1, len(word) - 1), choice.choice(_INLINE_TAGS)
        return f"{word[:at]}<{tag}>{word[at]}</{tag}>{word[at + 1 :]}"

    return _in_words(text, change, 0.7, choice)


def bracketed(text: str, choice: random.Random) -> str:
    """Put brackets around a letter inside a word, or around each of its letters."""

    def change(word: str) -> str:
        before, after = choice.choice(("()", "[]", "{}"))
        if choice.random() < 0.5:
            return "".join(before + letter + after for letter in word)
        at = choice.randrange(1, len(word) - 1)
        return word[:at] + before + word[at] + after + word[at + 1 :]

    return _in_words(text, change, 0.7, choice)


def with_emoji(text: str, choice: random.Random) -> str:
    """Put an emoji inside a word, with at least two letters on either side."""

    def change(word: str) -> str:
        at = choice.randrange(2, len(word) - 1)
        return word[:at] + choice.choice(_EMOJI) + word[at:]

    return _in_words(text, change, 0.7, choice)


def transliterated(text: str, choice: random.Random) -> str:
    """Transliterate by one of several schemes, and a few letters by another."""
    table = dict(choice.choices(_SCHEMES, _SCHEME_WEIGHTS)[0])
    for letter in _VARYING:
        if choice.random() < _MIXED_SHARE:
            table[letter] = choice.choice(_SCHEMES)[letter]
    return "".join(
        table[letter.lower()].capitalize()
        if letter.isupper() and letter.lower() in table
        else table.get(letter, letter)
        for letter in text
    )


DISGUISES: dict[str, Disguise] = {
    "leet": leet,
    "spaced": spaced,
    "hidden": hidden,
    "lookalikes": lookalikes,
    "repeated": repeated,
    "doubled": doubled,
    "starred": starred,
    "tagged": tagged,
    "bracketed": bracketed,
    "with_emoji": with_emoji,
    "transliterated": transliterated,
}


def in_latin(texts: Iterable[str]) -> list[str]:
    """Return the texts transliterated, each by one of the schemes; the same result every time."""
    choice = random.Random(SEED)  # noqa: S311 - nothing secret
    return [transliterated(text, choice) for text in texts]


def disguised_copies(examples: Sequence[Example]) -> list[Example]:
    """Return disguised copies of some of the examples, in the family of their originals."""
    choice = random.Random(SEED)  # noqa: S311 - nothing secret
    found = []
    for example in examples:
        if choice.random() < TRANSLITERATED_SHARE and _CYRILLIC.search(example.text):
            text, weight = transliterated(example.text, choice), TRANSLITERATED_WEIGHT
        elif choice.random() < DISGUISED_SHARE:
            disguise = choice.choice((leet, spaced, lookalikes, starred))
            text, weight = disguise(example.text, choice), DISGUISED_WEIGHT
        else:
            continue
        copy = replace(example, text=text, source=SOURCE, language="")
        found.append(replace(copy, weight=example.weight * weight))
    return found
