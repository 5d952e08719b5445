"""Numbers and addresses of people are held; prices, hotlines, shops and own numbers are not."""

import pytest

from comments.models import DEFAULT_KEY, Comment
from moderation.classifier import Scores
from moderation.desk.highlights import marks
from moderation.desk.policy_form import PolicyForm
from moderation.policy.decide import decide
from moderation.policy.lexicon import letters_of, words_of
from moderation.policy.personal_data import personal_data
from moderation.policy.verdict import Outcome, Policy, Reason, Submission, Thresholds, Verdict
from moderation.services import site_policy
from tests.effort import effort
from tests.makers import set_policy
from tests.moderation.policy.scores import scored

POLICY = Policy(
    thresholds={"spam": Thresholds(0.7, 0.95), "toxicity": Thresholds(0.6, 0.98)}, trusted_after=1
)
CARD, IBAN, PHONE = "4111 1111 1111 1111", "UA21 3223 1300 0002 6007 2335 6600 1", "067 123 45 67"


CERTAIN = scored(spam=1.0)
CLEAN = scored()


HELD = {
    f"Картка цього пана {CARD}": [CARD],
    "Переказуйте на 5168-7423-0000-0009 або 5555 5555 5555 4444": ["5555 5555 5555 4444"],
    "Картка 4111\u200b1111\u00ad1111 1111": ["4111\u200b1111\u00ad1111 1111"],
    "Amex 3782 822463 10005, списуйте": ["3782 822463 10005"],
    f"Рахунок {IBAN}, отримувач він": [IBAN],
    "Рахунок UА213223130000026007233566001": ["UА213223130000026007233566001"],
    "IBAN DE89 3704 0044 0532 0130 00 for the crook": ["DE89 3704 0044 0532 0130 00"],
    "Паспорт у нього КМ 123456, перевіряйте": ["КМ 123456"],
    "Її паспорт: 003456789": ["003456789"],
    "Паспорт его 4510 123456": ["4510 123456"],
    "РНОКПП 1759013776, оформлено на брата": ["1759013776"],
    "Her SSN 123-45-6789, use it": ["123-45-6789"],
    f"Олена Вигаданенко, {PHONE}, дзвоніть зранку": ["Олена Вигаданенко", PHONE],
    "Дзвоніть депутату Петру Гадюченку: +38 (050) 123-45-67": [
        "Петру Гадюченку", "+38 (050) 123-45-67"],
    "Голова Нечай Іван Петрович, тел. 067-111-22-33": ["Нечай Іван Петрович", "067-111-22-33"],
    "Вот его номер 050 123 44 55, звоните": ["его номер", "050 123 44 55"],
    "Her number is 555-123-4567, tell her": ["Her number", "555-123-4567"],
    "Суддя Нечай живе на вул. Садовій, 15, кв. 42": ["живе на вул. Садовій, 15"],
    "Водій на ВС 4321 АК, двір по вул. Зеленій 7": ["ВС 4321 АК", "вул. Зеленій 7"],
    "Петренко Марія, вул. Польова, 3, кв. 8": ["Петренко Марія", "вул. Польова, 3"],
    "The inspector lives at 14 Orchard Lane, flat 3": ["lives at 14 Orchard Lane"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "places"), HELD.items())
def test_personal_data_is_found_with_its_span(text: str, places: list[str]) -> None:
    assert [text[start:end] for start, end in personal_data(text)] == places


PUBLISHED = """
Картка пільговика коштує 4000 грн, у 2023 було 1500
У 2019 2020 2021 2022 роках платили інакше
Картка 4111 1111 1111 1112 заблокована, такого номера немає
Гаряча лінія 0 800 500 335, безкоштовно, питайте Олену Гай
Лікарня на вул. Шевченка, 15, телефон 044 234 56 78
Магазин «Садівник», 067 123 45 67, вул. Івана Франка 12
Загубили кота на вул. Лісовій 7, телефон 067 000 11 22, винагорода
Мій номер 067 123 45 67, хто бачив аварію?
Рахунок 2:1, голи на 15 і 88 хвилині
Артикул 123456789, замовляв тиждень тому
Накладна 20450123456789 їде третій тиждень
Закон № 2341-III від 05.04.2001, стаття 152-1
До річниці Маркіяна Вигадка (06.11.1811-07.06.1843)
Тариф 4,32 грн за 1 кВт, лічильник 00123456
Бабуся живе на вул. Садовій, 5, кв. 2, без води третій день
Я живу на вул. Садовій 5, кв. 8, і в нас холодно
Сусідка живе на вул. Садовій, 12, у неї теж немає води
Бачив АА1234ВС на тротуарі біля ринку
IBAN треба вказувати повністю, 29 знаків
Паспорт міняли за 30 днів, заплатили 1036 грн
ІПН у них 1234567890 неправильний
ЄДРПОУ 12345678, тендер UA-2024-05-13-000123-a
Маршрут 137 о 17:40, а 18:15 уже нема
Олександр Вигаданенко отримав 4 бали з 12
Call the council on 020 7946 0000, they answer
The shop at 14 Market Street, 555-123-4567, has them
My gran lives at 14 Orchard Lane, flat 3, and has no heating
The book by Ian Fable, ISBN 0393322521
""".strip().splitlines()


@pytest.mark.parametrize("text", PUBLISHED)
def test_ordinary_numbers_are_not_personal_data(text: str) -> None:
    assert personal_data(text) == []


@pytest.mark.parametrize("scores", [CLEAN, CERTAIN])
def test_personal_data_from_any_author_is_held_and_never_rejected(scores: Scores) -> None:
    submission = Submission(text=f"Картка цього пана {CARD}", author_published=9)
    assert decide(submission, scores, POLICY) == Verdict(Outcome.HOLD, Reason.PERSONAL_DATA)


OWN = {
    "a card": (f"Збір на дитячий будинок: {CARD}", "4111-1111-1111-1111"),
    "an account": (f"Збір: {IBAN}", "UA213223130000026007233566001"),
    "a phone with a country's code": (f"Олена Гай, {PHONE}", "+38 (067) 123-45-67"),
    "a phone without one": ("Олена Гай, +380671234567", PHONE),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "own"), OWN.values(), ids=OWN)
def test_numbers_of_the_site_are_published(text: str, own: str) -> None:
    assert decide(Submission(text=text), CLEAN, site_policy(DEFAULT_KEY)).outcome == Outcome.HOLD
    set_policy(own_numbers=f"\n{own}\n")
    assert decide(Submission(text=text), CLEAN, site_policy(DEFAULT_KEY)).outcome == Outcome.PUBLISH
    with_another = f"{text}. А картка директора 5555 5555 5555 4444"
    assert (
        decide(Submission(text=with_another), CLEAN, site_policy(DEFAULT_KEY)).outcome
        == Outcome.HOLD
    )


@pytest.mark.django_db
def test_an_own_number_needs_enough_digits() -> None:
    data = {"max_links": 2, "trusted_after": 0, "own_numbers": f"{CARD}\n101\n"}
    form = PolicyForm(data)
    assert list(form.errors) == ["own_numbers"]
    assert "101" in str(form.errors["own_numbers"])
    assert PolicyForm(data | {"own_numbers": f"{CARD}\n\n{PHONE}"}).is_valid()


def test_the_desk_highlights_the_numbers() -> None:
    text = f"Дзвоніть йому: Петро Гадюченко, {PHONE}"
    found = marks(Comment(text=text), Reason.PERSONAL_DATA)
    marked = [text[span[0] : span[1]] for span in found.text]
    assert marked == ["Дзвоніть йому", "Петро Гадюченко", PHONE]


HOSTILE = (
    *("4 ", f"{CARD} ", f"{PHONE} Олена Гай ", "живе 1 ", "вул. 1 ", "UA21 ", "паспорт 123456789 "),
    *("0", "+1", "А 1 ", "Олена 1", "1 A ", "його номер 1", "ssn 1", "AA1234BB вул. 1 ", "0 ("),
    *(" 1", "DE89370400440532013000 ", "14 Orchard "),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long_to_read(piece: str) -> None:
    text = (piece * 5000)[:5000]
    personal_data("Олена Гай 1")
    assert effort(lambda: personal_data(text)) < 200, "5,000 characters take 70 at most"


@pytest.mark.parametrize("text", ["", "\ud800", "\x00", "²³", "٣٤٥", "1" * 6000])
def test_any_string_is_accepted(text: str) -> None:
    assert personal_data(text) == []


def test_a_comment_is_not_kept_in_memory() -> None:
    words_of.cache_clear()
    letters_of.cache_clear()
    text = "Олена Вигаданенко, 067 123 45 67, дзвоніть зранку"
    assert decide(Submission(text=text), CLEAN, POLICY).reason == Reason.PERSONAL_DATA
    assert words_of.cache_info().currsize == letters_of.cache_info().currsize == 0
