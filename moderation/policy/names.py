"""Find what is wrong with a name: an advert, a contact, an insult, or a false identity.

Each function returns spans, (start, end); an empty list means an ordinary name. Names of people
pass in any script: a listed word is nobody's name, or counts only together with others.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from moderation.policy.lexicon import letters_of, lexicon, lines
from moderation.policy.reading import Span, Word, merged, skeleton
from moderation.policy.threats import threats

_ZONES = (
    "com|net|org|info|biz|ua|ru|укр|рф|su|by|kz|eu|io|top|xyz|site|online|shop|club|store|link|click"
    "|live|pro|bet|casino|xxx|tv|cc|ly|gg|me|dev|app|example"
)
_SPOKEN_DOT = r"(?:\[\.\]|\(\.\)|\(?\b(?:dot|крапка|точка)\b\)?)"
_CONTACTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\w+://\S+|\bwww\.\S+",
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        r"(?<!\w)@\w{4,}",
        r"\b(?:t|wa|telegram|viber|m)\s?\.\s?me\b\S*|\bdiscord\.gg\b\S*",
        rf"[\w-]{{2,}}\s?{_SPOKEN_DOT}\s?(?:{_ZONES}|ком|нет|юа|ру)\b\S*",
        r"\b(?:telegram|tg|телеграм|тг|viber|вайбер|whats?app|в[ао]тсап|insta(?:gram)?|інста|инста)"
        r"\s*[:=@]\s*\S+",
        r"\+?\d(?:[\s().-]{0,2}\d){8,14}",
    )
)
# A top-level domain is all lower or all upper case: "Chris.Me" is a name.
_DOMAIN = re.compile(
    rf"(?<![\w.@])[\w-]{{2,}}(?:\.[\w-]+)*\.(?:{_ZONES}|{_ZONES.upper()})\b(?:/\S*)?"
)
_MONEY = re.compile(
    r"[$€₴₽£]\s?\d[\d .,]*|\d[\d .,]*\s?(?:[$€₴₽£]|(?:грн|гривень|uah|usd|eur|руб)\b)"
    r"|(?<!\d)(?!100\s?%)\d{2,4}\s?%",
    re.IGNORECASE,
)
# Invisible characters. Between letters of these alphabets they serve to hide or imitate.
_HIDDEN = re.compile(
    "(?<=[A-Za-zÀ-ɏЀ-ԯ])[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064"
    "\u3164\ufeff\uffa0]+(?=[A-Za-zÀ-ɏЀ-ԯ])"
)
_VOWELS = "аеиоуюяaeiouy"


def contacts(name: str) -> list[Span]:
    """Find links, domains, e-mails, handles and phone numbers, even if spelled letter by letter."""
    pieces = name.split()
    if len(pieces) > 2 and all(len(piece) == 1 for piece in pieces):
        return [(0, len(name))] if contacts("".join(pieces)) else []
    found = [match.span() for pattern in (*_CONTACTS, _DOMAIN) for match in pattern.finditer(name)]
    return merged(found)


def adverts(name: str) -> list[Span]:
    """Find words that offer something, and sums of money."""
    money = [match.span() for match in _MONEY.finditer(name)]
    return merged(lexicon("adverts").find(letters_of(name)) + money)


def insults(name: str) -> list[Span]:
    """Find obscene words, insults and threats. Surnames with a rude meaning pass."""
    words = _join_single_letters(letters_of(name))
    obscene = lexicon("obscene")
    return (
        obscene.find(words)
        or obscene.find(_join_marked(name, words))
        or _masked(words)
        or _slurs(name, words)
        or threats(name)
    )


def impersonations(name: str, reserved: Sequence[str]) -> list[Span]:
    """Find roles at the site, its reserved names in any similar spelling, and hidden characters.

    A reserved name must match as a whole, with its words in any order: "Олена" is not "Олена Гай".
    """
    skeletons = _skeletons(name)
    if found := _office_spans(skeletons):
        return found
    if skeletons and not _reserved(tuple(reserved)).isdisjoint(_signatures(skeletons)):
        return [(skeletons[0].start, skeletons[-1].end)]
    return [match.span() for match in _HIDDEN.finditer(name)]


def _join_single_letters(words: Sequence[Word]) -> Sequence[Word]:
    """Join the letters of a name that consists of separate single letters."""
    if len(words) < 3 or any(len(word.form) > 1 for word in words):
        return words
    return [Word("".join(word.form for word in words), words[0].start, words[-1].end)]


def _join_marked(name: str, words: Sequence[Word]) -> list[Word]:
    """Join words that are separated by marks such as "_" but not by a space."""
    joined: list[Word] = []
    for word in words:
        if joined and not any(map(str.isspace, name[joined[-1].end : word.start])):
            first = joined.pop()
            word = Word(first.form + word.form, first.start, word.end)
        joined.append(word)
    return joined


def _masked(words: Sequence[Word]) -> list[Span]:
    """Find obscene words in which a star replaces one letter."""
    starred = [word for word in words if word.form.count("*") == 1]
    guessed = [
        Word(word.form.replace("*", letter), word.start, word.end)
        for word in starred
        for letter in _VOWELS
    ]
    return lexicon("obscene").find(guessed)


def _slurs(name: str, words: Sequence[Word]) -> list[Span]:
    rude = lexicon("rude").find(words)
    found = sorted(rude + lexicon("slurs").find(words))
    if not found:
        return []
    only = len(words) == 1 and bool(rude)
    aimed = len(found) > 1 or bool(lexicon("aimed").find(words))
    # "Наш Козел" may be a surname; "Наш козел", in lower case beside a capital, is not.
    in_lower_case = any(name[start].islower() for start, _ in found)
    in_sentence = in_lower_case and any(name[word.start].isupper() for word in words)
    return found if only or aimed or in_sentence else []


def _skeletons(text: str) -> list[Word]:
    return [Word(skeleton(word.form), word.start, word.end) for word in letters_of(text)]


def _office_spans(skeletons: Sequence[Word]) -> list[Span]:
    words = tuple(word.form for word in skeletons)
    longest = max(map(len, _offices()))
    found = [
        (first, after)
        for first in range(len(words))
        for after in range(first + 1, min(first + longest, len(words)) + 1)
        if words[first:after] in _offices()
    ]
    return merged((skeletons[first].start, skeletons[after - 1].end) for first, after in found)


@cache
def _offices() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(word.form for word in _skeletons(line)) for line in lines("offices"))


@cache
def _titles() -> frozenset[str]:
    return frozenset(word.form for line in lines("titles") for word in _skeletons(line))


@lru_cache(maxsize=8)
def _reserved(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(sign for name in names for sign in _signatures(_skeletons(name)))


def _signatures(skeletons: Sequence[Word]) -> set[str]:
    """Return keys that spellings of one name share: the sorted words, and all letters joined."""
    words = [word.form for word in skeletons]
    words = [word for word in words if word not in _titles()] or words
    return {" ".join(sorted(words)), "".join(words)} - {""}
