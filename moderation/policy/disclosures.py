"""Recognise that a text hands over a private person: where they live, work, park or send a child.

A street or a phone says little alone. It counts if it is somebody else's and the text also urges to
use it ("pay her a visit") or hands it over ("here is the address of"), or if there is a full name
with a second fact: a habit, a workplace, a child's school.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from moderation.policy.lexicon import lexicon, lines
from moderation.policy.places import CLOSE, is_near, places
from moderation.policy.reading import Span, words

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
# How many characters around a fact are searched for what makes it a disclosure.
_REACH = 200


def disclosed(
    text: str, names: Sequence[Span], facts: Sequence[Span], loose_streets: Sequence[Span]
) -> list[Span]:
    """Return the spans that hand over a person, in no particular order.

    `names` are the full names in the text; `facts` its phones, plates and streets; `loose_streets`
    those that have only the form of an address.
    """
    facts = [*facts, *loose_streets, *_more_facts(text)]
    addresses = places(_NETWORK, text) if _NUMBER.search(text) else []
    private = places(_PRIVATE, text) if facts or addresses else []
    written = text.lower()
    child = any(part in written for part in _parts("school_parts"))
    daily = child or any(part in written for part in _parts("daily_life_parts"))
    people = names or (places(_CAPITALS, text) if daily else [])
    if not (people or facts or addresses or child):
        return []
    near = _Surroundings(text)
    known = [fact for fact in facts if near.intended(fact, bool(names))]
    known += [fact for fact in [*facts, *addresses] if is_near(fact, private, CLOSE)]
    known += [one for one in people if near.enough_to_find(one, facts, bool(names))]
    known += [street for street in loose_streets if near.is_home_of(street, names)]
    known += near.children_at_school() if child else []
    return [] if known and near.has("help") else known


@cache
def _parts(name: str) -> tuple[str, ...]:
    return tuple(lines(f"disclosure/{name}"))


def _more_facts(text: str) -> Iterator[Span]:
    if "@" in text:
        yield from places(_EMAIL, text)
    if _NUMBER.search(text):
        for kind in (_SHORT_PHONE, _CARD, _PLATE):
            yield from places(kind, text)


class _Surroundings:
    """What the lists say about the words around a place of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        text_words = words(text)
        self.has = cache(lambda name: lexicon(f"disclosure/{name}").find(text_words))

    def _near(self, place: Span, *names: str) -> bool:
        return any(is_near(place, self.has(name), _REACH) for name in names)

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
        told.append(is_near(person, facts, _REACH))
        ill = self._near(person, "illness") and (intent or bool(_BORN.search(self._text)))
        # News tell of people at work, too.
        return ill or sum(told) > (1 if intent else 2)

    def is_home_of(self, street: Span, names: Sequence[Span]) -> bool:
        """Whether the street is next to a full name and to no place that is open to everybody."""
        return is_near(street, names, CLOSE) and not self._near(street, "public")

    def children_at_school(self) -> list[Span]:
        """Return somebody's child with the number of a school or class."""
        return [
            child
            for child in self.has("children")
            if is_near(child, self.has("schools"), CLOSE)
            and is_near(child, places(_PARTICULAR, self._text), CLOSE)
        ]
