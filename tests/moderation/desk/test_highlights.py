"""The desk highlights what led to a decision: in the text, the name or the website."""

from itertools import pairwise
from typing import Any

import pytest
from django.utils import translation

from comments.models import Status
from moderation import services
from moderation.accounts.roles import Role
from moderation.labels import for_author
from moderation.scoring import spans_by_attribute
from tests.makers import make_comment, set_policy
from tests.moderation.desk.desks import plain_marks, signed_in_as

OFFER = "Дипломи, курсові, довідки будь-яких вишів. Швидко, анонімно, з доставкою. Ціни на сайті "
CIVIL = "Дякую за новину, чекаємо на відкриття мосту."
CASINO = "Казино, бонус 500 грн за реєстрацію! "


@pytest.mark.parametrize(
    ("before", "link", "after"),
    [
        (OFFER, "https://diplom-shvydko.example.com", "."),
        (OFFER, "www.diplom.example.com/ціни?a=1", ", пишіть!"),
        (OFFER, "diplom-shvydko.example.com", ""),
        (
            CASINO,
            "http://casino-bonus.example.com/x",
            ") (реклама)",
        ),
        (CASINO, "t.example.me/casino_bonus", " – тисни"),
    ],
)
def test_no_span_starts_or_ends_within_a_link(before: str, link: str, after: str) -> None:
    found = spans_by_attribute(text=f"{before}{link}{after}")["spam"]
    first, last = len(before), len(before) + len(link)
    assert found
    for start, end in found:
        assert end <= first or start >= last or (start <= first and end >= last)
    assert found == sorted(found)
    assert all(one[1] < other[0] for one, other in pairwise(found))


def test_a_highlighted_link_is_highlighted_to_its_end() -> None:
    link = "https://diplom-shvydko.example.com"
    found = spans_by_attribute(text=f"{OFFER}{link}.")["spam"]
    assert (len(OFFER), len(OFFER) + len(link)) in found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("author", "words", "marked"),
    [
        ({"author_name": "Ремонт квартир"}, "через ім’я: реклама", "<mark>Ремонт</mark> квартир"),
        ({"author_name": "Олена, t.me/olena"}, "через ім’я: контакт", "<mark>t.me/olena</mark>"),
        ({"author_name": "Ваш мер козел"}, "через ім’я: образа", "мер <mark>козел</mark>"),
        ({"author_name": "«Модератор»"}, "через ім’я: схоже", "«<mark>Модератор</mark>»"),
        (
            {"author_url": "https://joycasino.example/a"},
            "через сайт автора",
            "https://<mark>joycasino</mark>.example/a",
        ),
    ],
)
def test_the_card_names_the_name_or_website_as_the_reason_and_highlights_it(
    author: dict[str, Any], words: str, marked: str
) -> None:
    comment = make_comment(status=Status.PENDING, text=CIVIL, **author)
    services.moderate(comment_id=comment.pk)
    page = signed_in_as(Role.MODERATOR, "marta").get("/uk/admin/queue/list/")
    card = plain_marks(page.content.decode())
    assert words in card.split('class="desk-facts"')[1]
    assert marked in card
    assert f">{CIVIL}<" in card


@pytest.mark.django_db
def test_a_reserved_name_is_highlighted_completely_and_escaped() -> None:
    set_policy(reserved_names="Олена Гай")
    comment = make_comment(status=Status.PENDING, text=CIVIL, author_name="<Гай> Oлена")
    services.moderate(comment_id=comment.pk)
    page = signed_in_as(Role.MODERATOR, "marta").get("/uk/admin/queue/list/")
    assert "<mark>&lt;Гай&gt; Oлена</mark>" in plain_marks(page.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("author", "said"),
    [
        ({"author_name": "Ремонт квартир"}, "Ім’я, яке ви вказали, схоже на рекламу"),
        ({"author_name": "Олена, t.me/olena"}, "В імені, яке ви вказали, є посилання або контакт"),
        ({"author_name": "Ваш мер козел"}, "Ім’я, яке ви вказали, може когось образити"),
        ({"author_name": "Модератор"}, "Ім’я, яке ви вказали, можна сплутати"),
        ({"author_url": "https://joycasino.example"}, "Адреса сайту, яку ви вказали, схожа"),
    ],
)
def test_the_author_sees_which_part_of_the_comment_has_to_be_reviewed(
    author: dict[str, Any], said: str
) -> None:
    comment = make_comment(status=Status.PENDING, text=CIVIL, **author)
    services.moderate(comment_id=comment.pk)
    comment.refresh_from_db()
    with translation.override("uk"):
        assert for_author(comment).startswith(said)
