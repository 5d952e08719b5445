"""Recognise how to find or call somebody: a phone, address or number plate with its owner.

Alone they say little, because shops have them too. They count next to a full name, next to each
other, or next to words such as "his number".
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

from moderation.policy.disclosures import disclosed
from moderation.policy.lexicon import lines
from moderation.policy.places import CLOSE, MOST, near_each_other, places
from moderation.policy.reading import Span

# What people put between digits, including hidden characters.
SEPARATOR = r"[\s.()\u00ad\u2010-\u2013\u200b-\u200f\u2060\ufeff-]{0,3}"
_PHONE = re.compile(
    rf"(?<![\d.,])(?:\+?{SEPARATOR}3{SEPARATOR}8{SEPARATOR})?0(?:{SEPARATOR}\d){{9,10}}(?!\d)"
    rf"|\+\d(?:{SEPARATOR}\d){{9,13}}(?!\d)"
    rf"|(?<![\d.,])[78]{SEPARATOR}9(?:{SEPARATOR}\d){{9}}(?!\d)"
    r"|(?<![\d.,])\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)"
)
_FREE_OF_CHARGE = re.compile(r"(?:38|[178])?0?(?:800|900|888)")
_DATE, _BOOK = re.compile(r"\d\d\.\d\d\.\d{4}"), ("ISBN ", "ISBN: ")
_PLATE = re.compile(
    r"\b[ABCEHIKMOPTX]{2}\s?\d{4}\s?[ABCEHIKMOPTX]{2}\b"
    r"|\b[ABEKMHOPCTYX]\s?\d{3}\s?[ABEKMHOPCTYX]{2}\s?\d{2,3}\b"
)
_STREET = re.compile(
    r"\b(?:[Вв]ул|[Вв]улиц[яіюею]{1,2}|[Пп]росп|[Пп]роспект[іуа]?|[Пп]ров|[Пп]ровул[а-я]{2,4}"
    r"|[Бб]ульв[а-я]{0,4}|[Уу]л|[Уу]лиц[аеуы]|[Пп]ер|[Пп]ереул[а-я]{2,4})\b\.?\s?[^\d\n]{2,40}?\d{1,4}"
    r"|\b\d{1,5}[a-z]?\s(?:[A-Z][\w'-]{1,20}\s){1,3}"
    r"(?:Street|St|Lane|Ln|Road|Rd|Avenue|Ave|Drive|Close|Court|Boulevard|Terrace)\b"
)
_HOUSE = r"(?:буд(?:инок|\.)?|дом|д\.)"
# What makes a number no house: an age, a date, a price.
_UNITS = (
    "лет|рок|рік|год|г\\b|р\\b|грн|тис|тыс|млн|відс|проц|степ|ступ|клас|січ|лют|бер|квіт|трав|черв|лип|серп"
    "|верес|жовт|лист|груд|янв|фев|мар|апр|мая|июн|июл|авг|сент|окт|нояб|дек|люд|чел|осіб|хв|мин|раз|км|м\\b"
)
# Streets as people write them to each other: "на Садовій 20", "9 Mill Quay". Shops have them, too.
_LOOSE_STREET = re.compile(
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
_FLAT = re.compile(r"\b(?:кв|квартир[аіуы]|apt|flat|apartment)\b\.?\s?№?\s?\d{1,4}", re.IGNORECASE)
# Somebody of whom the text speaks before it says where they live.
_OF_THEM = re.compile(
    r"\b(?:він|вона|он|она|he|she|who|хто|кто|який|яка|который|которая|той|та|тот|ця|цей|эта|этот"
    r"|судд\w{1,2}|судья|прокурор\w?|депутат\w{0,3}|журналіст\w{0,3}|журналист\w{0,3}|лікар\w?|врач"
    r"|вчител\w{1,4}|учител\w{1,5}|активіст\w{0,3}|активист\w{0,3}|блогер\w{0,2}|редактор\w{0,2}|водій"
    r"|водитель|the\s(?:judge|doctor|teacher|driver|editor|reporter|inspector|councillor|prosecutor))\b",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:живе|проживає|мешкає|жив[её]т|проживает|прописан\w{0,3}|ховається|прячется|відпочиває|отдыхает|знімає|снимает|зареєстрован\w{0,3}"
    r"|зарегистрирован\w{0,2}|lives|resides|hides|is\sstaying|registered\sat|living\sat)\b"
    r"|\b(?:його|її|его|её|ее|his|her)\s(?:домашн\w{1,3}\s|home\s)?(?:адрес\w?|address)\b",
    re.IGNORECASE,
)
# The author's own family and home: not somebody else's data.
_AUTHORS_OWN = re.compile(
    r"\b(?:я|ми|мы|мі?й|моя|моє|мо[їє]|мо[єї]ї|мой|мои|моей|наш\w{0,4}|мам\w{1,2}|тат\w{1,2}"
    r"|бабус\w{1,3}|бабушк\w{1,2}|дідус\w{1,3}|дедушк\w{1,2}|батьк\w{1,3}|сестр\w{1,2}|подруг\w{1,2}"
    r"|i|we|my|our|mum|mom|dad|grandm\w+|grandf\w+)\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(
    r"\b(?:його|її|его|её|ее|his|her)\s(?:\w{1,20}\s){0,2}"
    r"(?:номер\w{0,2}|телефон\w{0,2}|тел|моб\w{0,6}|phone|number|cell|mobile)\b"
    r"|\b(?:телефонуйте|дзвоніть|пишіть|звоните|пишите)\s(?:йому|їй|ему|ей)\b|\bcall\s(?:him|her)\b",
    re.IGNORECASE,
)
_CAPITALS, _SMALL = "А-ЯІЇЄҐЁA-Z", "а-яіїєґёa-z"
_TWO_NAMES = re.compile(
    rf"\b(?=([{_CAPITALS}][{_SMALL}'’ʼ]{{1,20}})\s([{_CAPITALS}][{_SMALL}'’ʼ-]{{2,24}})\b)"
)
_PATRONYMIC = re.compile(r"(?:[оеєй]вич|[їоеє]вн|івн)\w{1,3}$")
_SURNAME = re.compile(r"(?:енк(?:о|а|у|ом)|[чщ]ук(?:а|у|ом)?|[дтнрл]юк(?:а|у|ом)?)$")
# Before a name: a street, a school or a foundation named after somebody.
_NAMED_AFTER = re.compile(
    r"\b(?:вул\w*|просп\w*|пров\w*|бульв\w*|площ\w*|ул\w*|пер\w*|парк\w*|школ\w*|ліце\w*|лицe\w*"
    r"|імені|имени|ім|им|пл|фонд\w*)\b\.?\s?$",
    re.IGNORECASE,
)
_MAX_ENDING_LENGTH = 3
# How many characters may separate two facts about one person.
_NEAR = 120


def addresses_and_phones(text: str, latin: str, wanted: Callable[[Span], bool]) -> list[Span]:
    """Return the spans, (start, end), in no particular order. Ignore phones that fail `wanted`.

    `latin` is the text with the capitals of number plates in Latin letters.
    """
    phones = [place for place in _phones(text) if wanted(place)]
    plates, streets = places(_PLATE, latin), places(_STREET, text)
    names, loose_streets = _full_names(text), places(_LOOSE_STREET, text)
    found = disclosed(text, names, [*phones, *plates, *streets], loose_streets)
    homes = _addresses_of_others(text, [*streets, *loose_streets])
    if not (phones or plates or streets or homes):
        return found
    private = homes + [street for street in streets if _flat_after(text, street)]
    return [
        *found,
        *near_each_other(phones, names, CLOSE),
        *near_each_other(phones, places(_WHOSE, text), CLOSE),
        *near_each_other(phones, private, _NEAR),
        *near_each_other(plates, streets, _NEAR),
        *near_each_other(plates, homes, _NEAR),
        *near_each_other(private, names, _NEAR),
        *(home for home in homes if _OF_THEM.search(text, max(0, home[0] - CLOSE), home[0])),
        *(home for home in homes if _flat_after(text, home)),
    ]


def without_numbers(text: str) -> list[Span]:
    """Return the spans of what a text without numbers tells about somebody it names."""
    return disclosed(text, _full_names(text), [], [])


def _phones(text: str) -> Iterator[Span]:
    for start, end in places(_PHONE, text):
        number = text[start:end]
        free = _FREE_OF_CHARGE.match(re.sub(r"\D", "", number))
        if not (free or _DATE.search(number) or text[:start].endswith(_BOOK)):
            yield start, end


def _addresses_of_others(text: str, streets: list[Span]) -> list[Span]:
    """Return addresses where, by the text, somebody other than the author lives."""
    lives = [
        (start, end)
        for start, end in places(_LIVES, text)
        if not _AUTHORS_OWN.search(text, max(0, start - CLOSE), start)
    ]
    return [
        (one[0], street[1])
        for one in lives
        for street in streets
        if 0 <= street[0] - one[1] <= CLOSE
    ]


def _flat_after(text: str, address: Span) -> bool:
    return bool(_FLAT.search(text, address[0], address[1] + CLOSE // 2))


def _full_names(text: str) -> list[Span]:
    """Return first names next to a surname or before a patronymic."""
    return [
        (found.start(1), found.end(2))
        for found in islice(_TWO_NAMES.finditer(text), MOST)
        if (
            _is_first_name(found[1])
            or _is_first_name(found[2])
            or _PATRONYMIC.search(found[2])
            or _SURNAME.search(found[2])
        )
        and not _NAMED_AFTER.search(text, max(0, found.start() - 15), found.start())
    ]


def _is_first_name(word: str) -> bool:
    word = word.lower().replace("’", "'").replace("ʼ", "'")
    # English names are not inflected.
    longest = 0 if word.isascii() else _MAX_ENDING_LENGTH
    stems = (word[: len(word) - ending] for ending in range(longest + 1))
    return not _first_names().isdisjoint(stems)


@cache
def _first_names() -> frozenset[str]:
    return frozenset(stem for line in lines("first_names") for stem in line.split())
