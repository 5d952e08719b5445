"""Recognise that a text hands over a private person: where they live, work, park or send a child.

A street or a phone says little alone. It counts if it is somebody else's and the text also urges to
use it ("pay her a visit") or hands it over ("here is the address of"), or if there is a full name
with a second fact: a habit, a workplace, a child's school.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from moderation.policy.lexicon import lexicon
from moderation.policy.reading import Span, words

_HOUSE = r"(?:буд(?:инок|\.)?|дом|д\.)"
# What makes a number no house: an age, a date, a price.
_UNITS = (
    "лет|рок|рік|год|г\\b|р\\b|грн|тис|тыс|млн|відс|проц|степ|ступ|клас|січ|лют|бер|квіт|трав|черв|лип|серп"
    "|верес|жовт|лист|груд|янв|фев|мар|апр|мая|июн|июл|авг|сент|окт|нояб|дек|люд|чел|осіб|хв|мин|раз|км|м\\b"
)
# Streets as people write them to each other: "на Садовій 20", "9 Mill Quay". Shops have them, too.
LOOSE_STREET = re.compile(
    rf"\b[А-ЯІЇЄҐЁ][а-яіїєґё'’ʼ]{{3,20}}(?:ій|[сцз]ькій|[сц]ька|[сц]кая|[сц]кой|ая|ой|ей|[аяії])"
    rf"(?:\s?,)?\s(?:{_HOUSE}\s?)?[1-9]\d{{0,2}}(?:/\d{{1,3}}|[-/]?[а-яa-z]\b)?(?![\d:.%-]|\w)(?!,\d)(?!\s(?:{_UNITS}))"
    r"|\bдома?\s\d{1,3}\s(?:по|на)\s[А-ЯІЇЄҐЁ]"
    r"|\b[А-ЯІЇЄҐЁ][а-яіїєґё]{3,20}[иы]й\s(?:провулок|переулок|тупик|узвіз|спуск|бульвар|проспект|проезд)"
    r"(?:\s?,)?\s?\d{1,3}"
    r"|\b(?:Проспект|Бульвар|Площа|Площадь|Набережна|Набережная)\s[^\d\n]{2,40}?\d{1,3}"
    r"|\b\d{1,4}[a-z]?\s(?:[A-Z][\w'-]{1,20}\s){1,3}(?:Row|Quay|Way|Place|Crescent|Gardens?|Hill"
    r"|Grove|Mews|Walk|Parade|Green|Rise|View|Wharf|Yard|Path|Alley|Circle|Square|Street|St|Lane"
    r"|Road|Rd|Avenue|Ave|Drive|Dr|Court|Ct|Close|Terrace|Bank|Heights|Park)\b"
)
_EMAIL = re.compile(r"[\w.+-]{1,40}@[\w-]{1,40}\.[\w.-]{2,30}")
_SHORT_PHONE = re.compile(r"(?<![\d-])\d{3}-\d{4}(?![\d-])|(?<![\d-])\d{2,3}-\d{2}-\d{2}(?![\d-])")
_PLATE = re.compile(
    r"\b(?:plates?|reg|registration)\W{1,3}(?:is\s|no\.?\s|number\s)?"
    r"[A-Z]{1,3}\d{1,4}[ -]?[A-Z]{0,3}\b"
)
_NETWORK = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_CARD = re.compile(r"(?<!\d)\d{4}(?:[ -]\d{4}){3}(?!\d)")
_PRIVATE = re.compile(
    r"\b(?:його|її|его|е[её]|his|her)\s(?:\w{1,14}\s){0,2}(?:пошт\w|почт\w|мейл|e-?mail"
    r"|phone|cell|ай ?п[іи]|ip|карт\w{1,2}|car|авто|машин\w|тачк\w|van|home)\b"
    r"|\b(?:особист|личн|домашн)\w{1,3}\s(?:номер|телефон|моб\w+|адрес\w?)|\bперсональн\w+\sномер"
    r"|\b(?:але|но)\s(?:ось\s|вот\s)?(?:номер|телефон|адрес)|\bbut\s(?:his|her|the)\s(?:number|address)"
    r"|\b(?:номер|телефон|мобільн\w+|мобильн\w+)\s(?:його|її|его|е[её])\s\w{3,}"
    r"|\b(?:coward|liar|judge|teacher|editor|driver|mum|mother|husband|wife|boss|councillor)['’]s\s"
    r"(?:phone|mobile|number|landline|email|car|address)"
    r"|\b(?:належить|принадлежит)\s\w|\b(?:he|she)\sdrives\b|\b(?:він|вона|он|она)\s(?:їздить|ездит)\b"
    r"|\b(?:private|home|personal)\s(?:phone|number|address|e-?mail)\b",
    re.IGNORECASE,
)
# Few texts have one of these, and the lists are read for those only.
_SCHOOL = [
    "школ",
    "сад",
    "клас",
    "гімн",
    "гимн",
    "ліце",
    "лице",
    "school",
    "nursery",
    "primary",
    "kinder",
    "academy",
    "year",
]
_DAILY_LIFE = [
    "прац",
    "робо",
    "робі",
    "работ",
    "домофон",
    "псих",
    "work",
    "teach",
    "shift",
    "gate",
    "floor",
]
# A particular school: "школа №5", «Сонечко», "at St Mark's primary".
_PARTICULAR = re.compile(
    r"(?:школ|гімназ|гимназ|ліце|лице|сад(?:ок|очок|ку|ик|ике)|клас)\w*\s(?:[«\"№]|\d|на\s[А-ЯІЇЄҐ])"
    r"|\d\w?(?:-?[а-яіїєґ]{1,3})?\s(?:школ|гімназ|гимназ|ліце|лице|клас)|\b(?:class|year|grade|school)\s(?:no\.?\s)?\d"
    r"|\bat\s(?:St\.?\s)?[A-Z][\w'’]+\s(?:[A-Z]\w+\s)?(?:primary|school|academy|nursery|kindergarten)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{1,3}")
_BORN = re.compile(r"\b(?:19|20)\d\d\s?(?:р\. ?н|г\. ?р|рн|гр|року)|\bborn\b", re.IGNORECASE)
# A name that no list has. It counts only if the text hands somebody over.
_CAPITALS = re.compile(
    r"\b[A-ZА-ЯІЇЄҐЁ][a-zа-яіїєґё'’ʼ]{2,20}\s[A-ZА-ЯІЇЄҐЁ][a-zа-яіїєґё'’ʼ-]{2,24}\b"
)
_MOST = 20
# How many characters may separate what belongs together.
_CLOSE, _REACH = 60, 200


def disclosed(text: str, names: Sequence[Span], facts: Sequence[Span]) -> list[Span]:
    """Return the spans that hand over a person, in no particular order.

    `names` are the full names in the text; `facts` its phones, plates and streets.
    """
    facts = [*facts, *_more_facts(text)]
    addresses = _places(_NETWORK, text) if _NUMBER.search(text) else []
    private = _places(_PRIVATE, text) if facts or addresses else []
    written = text.lower()
    child = any(part in written for part in _SCHOOL)
    daily = child or any(part in written for part in _DAILY_LIFE)
    people = names or (_places(_CAPITALS, text) if daily else [])
    if not (people or facts or addresses or child):
        return []
    near = _Surroundings(text)
    known = [fact for fact in facts if near.intended(fact, bool(names))]
    known += [fact for fact in [*facts, *addresses] if _any_within(_CLOSE, fact, private)]
    known += [one for one in people if near.enough_to_find(one, facts, bool(names))]
    known += [street for street in _places(LOOSE_STREET, text) if near.is_home_of(street, names)]
    known += near.children_at_school() if child else []
    return [] if known and near.has("help") else known


def _more_facts(text: str) -> Iterator[Span]:
    if "@" in text:
        yield from _places(_EMAIL, text)
    if _NUMBER.search(text):
        for kind in (LOOSE_STREET, _SHORT_PHONE, _CARD, _PLATE):
            yield from _places(kind, text)


class _Surroundings:
    """What the lists say about the words around a place of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        text_words = words(text)
        self.has = cache(lambda name: lexicon(f"disclosure/{name}").find(text_words))

    def _near(self, place: Span, *names: str) -> bool:
        return any(_any_within(_REACH, place, self.has(name)) for name in names)

    def intended(self, fact: Span, named: bool) -> bool:
        """Whether the text urges to use a fact about somebody else, or hands it over."""
        urging, handing = self._near(fact, "urging"), self._near(fact, "handing")
        somebody = named or (urging and handing) or self._near(fact, "somebody")
        return somebody and (urging or handing)

    def enough_to_find(self, person: Span, facts: Sequence[Span], listed: bool) -> bool:
        """Whether so much is told about a person that a stranger could find or shame them.

        A name that no list has counts only if the text hands the person over.
        """
        intent = self._near(person, "urging", "handing")
        if not (listed or intent):
            return False
        school = self._near(person, "children") and self._near(person, "schools")
        told = [self._near(person, "habits"), self._near(person, "works"), school, intent]
        told.append(_any_within(_REACH, person, facts))
        ill = self._near(person, "illness") and (intent or bool(_BORN.search(self._text)))
        # News tell of people at work, too.
        return ill or sum(told) > (1 if intent else 2)

    def is_home_of(self, street: Span, names: Sequence[Span]) -> bool:
        """Whether the street is next to a full name and to no place that is open to everybody."""
        return _any_within(_CLOSE, street, names) and not self._near(street, "public")

    def children_at_school(self) -> list[Span]:
        """Return somebody's child with the number of a school or class."""
        return [
            child
            for child in self.has("children")
            if _any_within(_CLOSE, child, self.has("schools"))
            and _any_within(_CLOSE, child, _places(_PARTICULAR, self._text))
        ]


def _any_within(most: int, one: Span, others: Sequence[Span]) -> bool:
    return any(max(one[0] - other[1], other[0] - one[1]) <= most for other in others)


def _places(what: re.Pattern[str], text: str) -> list[Span]:
    return [found.span() for found in islice(what.finditer(text), _MOST)]
