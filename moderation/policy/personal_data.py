"""Recognise personal data by its form: cards, accounts, documents, addresses and phones.

Prices, years, phones of hotlines and shops, and the site's own numbers are not personal data.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from stdnum import iban, luhn
from stdnum.ru import inn
from stdnum.ua import rntrc

from moderation.policy.addresses import SEPARATOR, addresses_and_phones, without_numbers
from moderation.policy.reading import Span, merged

_CARD = re.compile(rf"(?<!\d)(?=(\d(?:{SEPARATOR}\d){{14,15}})(?!\d))")
# By the first digits of Visa, Mastercard, Maestro and Mir, and of American Express.
_ISSUERS = re.compile(r"(?=\d{16}$)(?:4|5[0-8]|6|220[0-4]|22[2-9]|2[3-6]|27[01])|(?=\d{15}$)3[47]")
_IBAN = re.compile(
    rf"\bU{SEPARATOR}A(?:{SEPARATOR}\d){{27}}(?!\d)"
    r"|\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b"
    r"|\b[A-Z]{2}\d{2}(?: [A-Z0-9]{4}){2,7}(?: \d{1,3})?\b",
    re.ASCII,
)
_PASSPORT = re.compile(
    r"\b[^\W\d_]{2}\s?(?:№\s?)?\d{6}\b|(?<![\d+])\d{9}(?!\d)|(?<!\d)\d{4}\s?(?:№\s?)?\d{6}(?!\d)"
)
_PASSPORT_NAMED = re.compile(
    r"паспорт|passport|\bсері[яї]\b|\bсерия\b|\bid[ -]?(?:карт|card)|\bід[ -]?карт", re.IGNORECASE
)
_TAX = re.compile(r"(?<!\d)(?:\d{12}|\d{10})(?!\d)")
_TAX_NAMED = re.compile(
    r"\b(?:іпн|инн|рнокпп)\b|податков\w{1,4} (?:номер|код)|код\w{0,3} платник"
    r"|(?:ідентифікаці|идентификаци)\w{1,6} (?:код|номер)|\btax (?:id|number)",
    re.IGNORECASE,
)
_SOCIAL = re.compile(r"\b(?:ssn|social security)\D{0,20}(\d{3}-\d{2}-\d{4})(?!\d)", re.IGNORECASE)
# The least number of digits of a number that a site lists as its own.
MIN_DIGITS = 9
# How many characters around a number are searched for a word that says what it is.
_CONTEXT = 40
# How many numbers of one text are checked.
_MAX_FOUND = 60
# Full-width digits; and the capitals that Cyrillic and Latin share, as on plates.
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_SHARED = str.maketrans("АВЕІКМНОРСТХУ", "ABEIKMHOPCTXY")


def personal_data(text: str, own_numbers: Sequence[str] = ()) -> list[Span]:
    """Return the spans of personal data, (start, end), in order and without overlaps.

    `own_numbers` are those that the site itself publishes; they are compared by digits.
    """
    text = text.translate(_DIGITS)
    if not any(map(str.isdigit, text)):
        return merged(without_numbers(text))
    own = [*filter(None, map(_digits, own_numbers))]

    def not_own(place: Span) -> bool:
        return not _listed(_digits(text[slice(*place)]), own)

    numbers = (place for find in (_cards, _accounts, _documents) for place in find(text))
    found = addresses_and_phones(text, text.translate(_SHARED), not_own)
    return merged(filter(not_own, [*numbers, *found]))


def _cards(text: str) -> Iterator[Span]:
    for found in islice(_CARD.finditer(text), _MAX_FOUND):
        digits = _digits(found[1])
        if _ISSUERS.match(digits) and luhn.is_valid(digits):
            yield found.span(1)


def _accounts(text: str) -> Iterator[Span]:
    for found in islice(_IBAN.finditer(text.translate(_SHARED).upper()), _MAX_FOUND):
        if iban.is_valid(re.sub(r"[^A-Z0-9]", "", found[0]), check_country=False):
            yield found.span()


def _documents(text: str) -> Iterator[Span]:
    yield from _named(text, _PASSPORT, _PASSPORT_NAMED, lambda number: True)
    yield from _named(text, _TAX, _TAX_NAMED, lambda n: rntrc.is_valid(n) or inn.is_valid(n))
    yield from (found.span(1) for found in islice(_SOCIAL.finditer(text), _MAX_FOUND))


def _named(
    text: str, number: re.Pattern[str], name: re.Pattern[str], valid: Callable[[str], bool]
) -> Iterator[Span]:
    """Yield valid numbers with a word nearby that says what they are."""
    if not name.search(text):
        return
    for found in islice(number.finditer(text), _MAX_FOUND):
        around = text[max(0, found.start() - _CONTEXT) : found.end() + _CONTEXT]
        if name.search(around) and valid(found[0]):
            yield found.span()


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _listed(digits: str, own: Sequence[str]) -> bool:
    """Whether this is one of the site's numbers, with or without a country code."""
    return any(
        min(len(digits), len(each)) >= MIN_DIGITS
        and (digits.endswith(each) or each.endswith(digits))
        for each in own
    )
