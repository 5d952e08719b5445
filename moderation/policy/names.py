"""What a name can do wrong: advertise, give a contact, insult, or pass for the site's own people.

Each function says where in the name it does, as (start, end); an empty list is a name like others.
People's names pass in any script: what is listed here is nobody's name, or is weighed by what
stands beside it.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import combinations

from moderation.policy.lexicon import lexicon, lines, spelled
from moderation.policy.reading import Stretch, Word, merged, skeleton
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
# Zones are written small or large throughout: "Chris.Me" is a name.
_DOMAIN = re.compile(
    rf"(?<![\w.@])[\w-]{{2,}}(?:\.[\w-]+)*\.(?:{_ZONES}|{_ZONES.upper()})\b(?:/\S*)?"
)
_MONEY = re.compile(
    r"[$€₴₽£]\s?\d[\d .,]*|\d[\d .,]*\s?(?:[$€₴₽£]|(?:грн|гривень|uah|usd|eur|руб)\b)"
    r"|(?<!\d)(?!100\s?%)\d{2,4}\s?%",
    re.IGNORECASE,
)
# No keyboard has them, and in letters of these alphabets they are there to hide or to resemble.
_HIDDEN = re.compile(
    "(?<=[A-Za-zÀ-ɏЀ-ԯ])[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064"
    "\u3164\ufeff\uffa0]+(?=[A-Za-zÀ-ɏЀ-ԯ])"
)
_VOWELS = "аеиоуюяaeiouy"


def contacts(name: str) -> list[Stretch]:
    """Links, domains, e-mails, handles and phone numbers; also spelled letter by letter."""
    pieces = name.split()
    if len(pieces) > 2 and all(len(piece) == 1 for piece in pieces):
        return [(0, len(name))] if contacts("".join(pieces)) else []
    found = [match.span() for pattern in (*_CONTACTS, _DOMAIN) for match in pattern.finditer(name)]
    return merged(found)


def adverts(name: str) -> list[Stretch]:
    """Words that offer something, and sums of money."""
    money = [match.span() for match in _MONEY.finditer(name)]
    return merged(lexicon("adverts").find(spelled(name)) + money)


def insults(name: str) -> list[Stretch]:
    """Obscene words, insults and threats; surnames that mean something rude are let pass."""
    said = _unspaced(spelled(name))
    obscene = lexicon("obscene")
    return (
        obscene.find(said)
        or obscene.find(_closed_up(name, said))
        or _masked(said)
        or _slurs(name, said)
        or threats(name)
    )


def impersonations(name: str, reserved: Sequence[str]) -> list[Stretch]:
    """The site's offices, its reserved names in any spelling that looks alike, and hidden letters.

    A reserved name is matched whole, in any order of its words: "Олена" is not "Олена Гай".
    """
    looks = _looks(name)
    if found := _places_of_offices(looks):
        return found
    if looks and not _reserved(tuple(reserved)).isdisjoint(_signatures(looks)):
        return [(looks[0].start, looks[-1].end)]
    return [match.span() for match in _HIDDEN.finditer(name)]


def _unspaced(said: Sequence[Word]) -> Sequence[Word]:
    """One word where a name is nothing but single letters set apart."""
    if len(said) < 3 or any(len(word.said) > 1 for word in said):
        return said
    return [Word("".join(word.said for word in said), said[0].start, said[-1].end)]


def _closed_up(name: str, said: Sequence[Word]) -> list[Word]:
    """Words between which there are marks and no space, such as "_", as one."""
    closed: list[Word] = []
    for word in said:
        if closed and not any(map(str.isspace, name[closed[-1].end : word.start])):
            first = closed.pop()
            word = Word(first.said + word.said, first.start, word.end)
        closed.append(word)
    return closed


def _masked(said: Sequence[Word]) -> list[Stretch]:
    """Obscene words one letter of which is a star."""
    starred = [word for word in said if word.said.count("*") == 1]
    guessed = [
        Word(word.said.replace("*", letter), word.start, word.end)
        for word in starred
        for letter in _VOWELS
    ]
    return lexicon("obscene").find(guessed)


def _slurs(name: str, said: Sequence[Word]) -> list[Stretch]:
    rude = lexicon("rude").find(said)
    found = sorted(rude + lexicon("slurs").find(said))
    if not found:
        return []
    only = len(said) == 1 and bool(rude)
    aimed = len(found) > 1 or bool(lexicon("aimed").find(said))
    # "Наш Козел" may be a surname, "Наш козел" beside a capital letter is not.
    small = any(name[start].islower() for start, _ in found)
    spoken = small and any(name[word.start].isupper() for word in said)
    return found if only or aimed or spoken else []


def _looks(text: str) -> list[Word]:
    return [Word(skeleton(word.said), word.start, word.end) for word in spelled(text)]


def _places_of_offices(looks: Sequence[Word]) -> list[Stretch]:
    said = tuple(word.said for word in looks)
    runs = combinations(range(len(said) + 1), 2)
    found = [(first, after) for first, after in runs if said[first:after] in _offices()]
    return merged((looks[first].start, looks[after - 1].end) for first, after in found)


@cache
def _offices() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(word.said for word in _looks(line)) for line in lines("offices"))


@cache
def _titles() -> frozenset[str]:
    return frozenset(word.said for line in lines("titles") for word in _looks(line))


@lru_cache(maxsize=8)
def _reserved(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(sign for name in names for sign in _signatures(_looks(name)))


def _signatures(looks: Sequence[Word]) -> set[str]:
    """What two spellings of a name share: its words in order of the alphabet, and its letters."""
    said = [word.said for word in looks]
    said = [word for word in said if word not in _titles()] or said
    return {" ".join(sorted(said)), "".join(said)} - {""}
