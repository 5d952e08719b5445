"""Write texts the way people hide words from filters, to train against it and to measure it."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from moderation.classifier.dataset import Example

_LEET_LATIN = {"o": "0", "i": "1", "e": "3", "a": "@", "s": "$", "t": "7"}
_LEET_CYRILLIC = {"о": "0", "з": "3", "ч": "4", "б": "6", "а": "@", "і": "1", "и": "1", "с": "$"}
_LOOKALIKES = dict(zip("асеорхуікАСЕОРХІКМТВН", "aceopxyikACEOPXIKMTBH", strict=True))
_PLAIN = "абвгґдезиклмнопрстуфыіэ"
_PLAIN_LATIN = "abvggdezyklmnoprstufyie"
_LETTERS = dict(zip(_PLAIN, _PLAIN_LATIN, strict=True)) | {
    "є": "ye",
    "ё": "yo",
    "й": "j",
    "ж": "zh",
    "х": "h",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "ї": "yi",
    "'": "",
    "’": "",
}
_RUSSIAN_HABITS = {"и": "i", "х": "kh", "й": "y", "ц": "c", "щ": "sch", "ю": "ju", "я": "ja"}
_CYRILLIC = re.compile("[а-яіїєґ]")
SEED = 3
# Folding undoes all disguises but transliteration, which has to be learnt from examples.
TRANSLITERATED_SHARE, TRANSLITERATED_WEIGHT = 0.3, 0.7
DISGUISED_SHARE, DISGUISED_WEIGHT = 0.06, 0.5
Disguise = Callable[[str, random.Random], str]


def _in_words(text: str, change: Callable[[str], str], share: float, choice: random.Random) -> str:
    """Change this share of the words that have at least four letters."""
    words = text.split(" ")
    return " ".join(
        change(word) if len(word) >= 4 and word.isalpha() and choice.random() < share else word
        for word in words
    )


def leet(text: str, choice: random.Random) -> str:
    """Replace inner letters of words by digits and signs."""
    table = _LEET_LATIN | _LEET_CYRILLIC

    def change(word: str) -> str:
        inner = "".join(table.get(letter, letter) for letter in word[1:-1])
        return word[0] + inner + word[-1]

    return _in_words(text, change, 0.7, choice)


def spaced(text: str, choice: random.Random) -> str:
    """Set the letters of words apart with dots, hyphens or spaces."""
    mark = choice.choice(". -")
    return _in_words(text, lambda word: mark.join(word), 0.5, choice).replace("  ", " ")


def hidden(text: str, choice: random.Random) -> str:
    """Put zero-width characters between letters."""
    return _in_words(text, lambda word: choice.choice("\u200b\u200d\u2060").join(word), 0.8, choice)


def lookalikes(text: str, choice: random.Random) -> str:
    """Replace Cyrillic letters by Latin ones of the same shape."""

    def change(word: str) -> str:
        # One letter stays Cyrillic, as a word spelled wholly in Latin is a transliteration.
        return word[:1] + "".join(_LOOKALIKES.get(letter, letter) for letter in word[1:])

    return _in_words(text, change, 0.8, choice)


def repeated(text: str, choice: random.Random) -> str:
    """Stretch one letter of a word."""

    def change(word: str) -> str:
        place = choice.randrange(len(word))
        return word[:place] + word[place] * choice.randint(3, 6) + word[place + 1 :]

    return _in_words(text, change, 0.7, choice)


def transliterated(text: str, choice: random.Random) -> str:
    """Write Cyrillic letters in Latin, in one of two habits."""
    table = _LETTERS | (_RUSSIAN_HABITS if choice.random() < 0.5 else {})
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
    "transliterated": transliterated,
}


def disguised_copies(examples: Sequence[Example]) -> list[Example]:
    """Return disguised copies of a share of the examples, in the family of their originals."""
    choice = random.Random(SEED)  # noqa: S311 - nothing secret
    found = []
    for example in examples:
        if choice.random() < TRANSLITERATED_SHARE and _CYRILLIC.search(example.text):
            text, weight = transliterated(example.text, choice), TRANSLITERATED_WEIGHT
        elif choice.random() < DISGUISED_SHARE:
            disguise = choice.choice((leet, spaced, lookalikes))
            text, weight = disguise(example.text, choice), DISGUISED_WEIGHT
        else:
            continue
        copy = replace(example, text=text, source="disguised", language="")
        found.append(replace(copy, weight=example.weight * weight))
    return found
