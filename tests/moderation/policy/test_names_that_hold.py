"""A name can hold a comment as an advert, contact, insult or impersonation."""

from dataclasses import replace

import pytest

from moderation.policy import names
from moderation.policy.decide import decide
from moderation.policy.verdict import Outcome, Policy, Reason, Submission, Thresholds, Verdict
from tests.effort import effort
from tests.moderation.policy.scores import scored
from tests.moderation.policy.test_ordinary_names import POLICY

pytestmark = pytest.mark.no_cover

HELD_NAMES = {
    Reason.NAME_ADVERT: (
        *("Казино Фортуна онлайн", "казино777", "Порно відео", "П0рно", "Пopнo", "П-о-р-н-о"),
        *("Kредит за годину", "Швидкі гроші на картку", "Від 900 грн на день", "Бонус 300%"),
        *(
            "Ремонт квартир Рівне",
            "Вікна Полтава",
            "Купити диплом",
            "Essay Help",
            "Buy cheap pills",
        ),
        *("Интим услуги", "Заробіток вдома", "Ставки на спорт", "Crypto trading", "joycasinobonus"),
    ),
    Reason.NAME_CONTACT: (
        *("olena-shop.example", "www.olena", "http://o.example", "Пишіть olena@example.org"),
        *("@olena_shop", "t.me/olenashop", "+380 50 000 00 00", "Олена 050-000-00-00"),
        *(
            "olena [.] com",
            "olena крапка ком",
            "Telegram: olena",
            "t . me/olena",
            "o l e n a . c o m",
            "ｏｌｅｎａ.com",
            "OLENA.COM.UA",
        ),
    ),
    Reason.NAME_INSULT: (
        *("Хуйло", "Х у й л о", "х.у.й", "П1здець", "п*зда", "f*ck you", "Fuck you all", "пiдар"),
        *(
            "dickhead",
            "khuylo",
            "Хуй_ло",
            "Пішов нах",
            "Всі дебіли",
            "Здохни, тварюко",
            "Автор сука",
            "Ти козел",
        ),
        *(
            "Тупий баран",
            "Наш мер козел",
            "Курва",
            "stupid bitch",
            "Смерть жидам",
            "Heil Hitler",
            "Убью тебя",
        ),
    ),
    Reason.IMPERSONATION: (
        *("Редакція", "РЕДАКЦІЯ", "Редакцiя", "Peдaкцiя", "Ρедакція", "Р е д а к ц і я"),
        *("Редакція «Вісті Приріччя»", "Модератор", "Moдepaтop", "𝐌𝐨𝐝𝐞𝐫𝐚𝐭𝐨𝐫", "Модератор_1"),
        *("Адміністрація сайту", "Служба підтримки", "Головред", "Вісті Приріччя", "ВістіПриріччя"),
        *("Вicтi Пpиpiччя", "Вісті Приріччя (офіційно)", "Олена Гай", "гай олена", "Oлeнa Гaй"),
        *("Олена Гай, журналістка", "Олена\u200bГай", "Окса\u200bна Мельник", "Ред\u00adакція"),
    ),
}


@pytest.mark.parametrize(
    ("name", "reason"), [(name, reason) for reason, found in HELD_NAMES.items() for name in found]
)
def test_a_name_is_held_with_its_reason(name: str, reason: Reason) -> None:
    submission = Submission(text="Дякую за новину.", author_name=name)
    assert decide(submission, scored(), POLICY) == Verdict(Outcome.HOLD, reason)


def test_the_name_of_a_trusted_author_is_checked_too() -> None:
    submission = Submission(text="Дякую.", author_name="Модератор", author_published=50)
    trusting = replace(POLICY, trusted_after=3)
    assert decide(submission, scored(), trusting).reason == Reason.IMPERSONATION


def test_a_name_that_is_not_reserved_passes() -> None:
    plain = Policy(thresholds={"spam": Thresholds(0.5, 0.9), "toxicity": Thresholds(0.5, 0.9)})
    submission = Submission(text="Дякую за новину.", author_name="Олена Гай")
    assert decide(submission, scored(), plain).outcome == Outcome.PUBLISH


@pytest.mark.parametrize(
    ("find", "name", "marked"),
    [
        (names.adverts, "Олена: Ремонт квартир", ["Ремонт"]),
        (names.adverts, "Пиши в телеграм, 500 грн", ["Пиши в телеграм", "500 грн"]),
        (names.contacts, "Пишіть: olena@example.org!", ["olena@example.org"]),
        (names.insults, "Їх Х.у.й.л.о", ["Х.у.й.л.о"]),
        (names.insults, "Наш мер козел", ["козел"]),
    ],
)
def test_the_span_covers_what_was_found(find: object, name: str, marked: list[str]) -> None:
    assert [name[start:end] for start, end in find(name)] == marked  # type: ignore[operator]


def test_an_impersonation_is_marked_from_its_first_word_to_its_last() -> None:
    name = "«Oлена\u200b Гай» 🌻"
    ((start, end),) = names.impersonations(name, ("Олена Гай",))
    assert name[start:end] == "Oлена\u200b Гай"


@pytest.mark.parametrize("piece", ["а ", "Прес служба ", "х*й ", "О.", "мер "])
def test_no_name_takes_long_to_read(piece: str) -> None:
    """Other systems may send longer ones than our own form."""
    name = (piece * 2000)[:2000]
    submission = Submission(text="Дякую.", author_name=name)
    decide(submission, scored(), POLICY)
    assert effort(lambda: decide(submission, scored(), POLICY)) < 350
