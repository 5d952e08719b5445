"""Find what is wrong with a name: an advert, a contact, an insult, or a false identity.

Each function returns the places, (start, end); an empty list means an ordinary name. Names of
people pass in any script: what the lists hold is not a name, or is weighed by the words beside it.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import combinations

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
# No keyboard types them; between letters of these alphabets they hide or imitate something.
_HIDDEN = re.compile(
    "(?<=[A-Za-zÀ-ɏЀ-ԯ])[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064"
    "\u3164\ufeff\uffa0]+(?=[A-Za-zÀ-ɏЀ-ԯ])"
)
_VOWELS = "аеиоуюяaeiouy"


def contacts(name: str) -> list[Span]:
    """Links, domains, e-mails, handles and phone numbers; also spelled letter by letter."""
    pieces = name.split()
    if len(pieces) > 2 and all(len(piece) == 1 for piece in pieces):
        return [(0, len(name))] if contacts("".join(pieces)) else []
    found = [match.span() for pattern in (*_CONTACTS, _DOMAIN) for match in pattern.finditer(name)]
    return merged(found)


def adverts(name: str) -> list[Span]:
    """Words that offer something, and sums of money."""
    money = [match.span() for match in _MONEY.finditer(name)]
    return merged(lexicon("adverts").find(letters_of(name)) + money)


def insults(name: str) -> list[Span]:
    """Obscene words, insults and threats; surnames with a rude meaning pass."""
    said = _join_single_letters(letters_of(name))
    obscene = lexicon("obscene")
    return (
        obscene.find(said)
        or obscene.find(_join_marked(name, said))
        or _masked(said)
        or _slurs(name, said)
        or threats(name)
    )


def impersonations(name: str, reserved: Sequence[str]) -> list[Span]:
    """Roles at the site, its reserved names in any similar spelling, and hidden characters.

    A reserved name must match whole, in any order of its words: "Олена" is not "Олена Гай".
    """
    skeletons = _skeletons(name)
    if found := _office_spans(skeletons):
        return found
    if skeletons and not _reserved(tuple(reserved)).isdisjoint(_signatures(skeletons)):
        return [(skeletons[0].start, skeletons[-1].end)]
    return [match.span() for match in _HIDDEN.finditer(name)]


def _join_single_letters(said: Sequence[Word]) -> Sequence[Word]:
    """One word, where a name consists of separate single letters."""
    if len(said) < 3 or any(len(word.form) > 1 for word in said):
        return said
    return [Word("".join(word.form for word in said), said[0].start, said[-1].end)]


def _join_marked(name: str, said: Sequence[Word]) -> list[Word]:
    """The words, with those that marks such as "_" but no space separate joined."""
    closed: list[Word] = []
    for word in said:
        if closed and not any(map(str.isspace, name[closed[-1].end : word.start])):
            first = closed.pop()
            word = Word(first.form + word.form, first.start, word.end)
        closed.append(word)
    return closed


def _masked(said: Sequence[Word]) -> list[Span]:
    """Obscene words in which a star replaces one letter."""
    starred = [word for word in said if word.form.count("*") == 1]
    guessed = [
        Word(word.form.replace("*", letter), word.start, word.end)
        for word in starred
        for letter in _VOWELS
    ]
    return lexicon("obscene").find(guessed)


def _slurs(name: str, said: Sequence[Word]) -> list[Span]:
    rude = lexicon("rude").find(said)
    found = sorted(rude + lexicon("slurs").find(said))
    if not found:
        return []
    only = len(said) == 1 and bool(rude)
    aimed = len(found) > 1 or bool(lexicon("aimed").find(said))
    # "Наш Козел" may be a surname; "Наш козел", in lower case beside a capital, is not.
    small = any(name[start].islower() for start, _ in found)
    spoken = small and any(name[word.start].isupper() for word in said)
    return found if only or aimed or spoken else []


def _skeletons(text: str) -> list[Word]:
    return [Word(skeleton(word.form), word.start, word.end) for word in letters_of(text)]


def _office_spans(skeletons: Sequence[Word]) -> list[Span]:
    said = tuple(word.form for word in skeletons)
    runs = combinations(range(len(said) + 1), 2)
    found = [(first, after) for first, after in runs if said[first:after] in _offices()]
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
    """What two spellings of a name share: the sorted words, and all letters joined."""
    said = [word.form for word in skeletons]
    said = [word for word in said if word not in _titles()] or said
    return {" ".join(sorted(said)), "".join(said)} - {""}
