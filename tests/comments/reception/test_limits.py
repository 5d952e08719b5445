"""Every input has a limit, with a clear error from form and REST."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from comments.models import Article, Comment
from comments.validators import MAX_LINKS, validate_direction, validate_legible, validate_links
from tests.comments.reception.pages import FORM
from tests.comments.reception.pages import post as post_form
from tests.comments.reception.rest import GOOD, errors, post

pytestmark = pytest.mark.django_db
ZALGO = "".join(letter + "\u0334\u0313\u0322" * 40 for letter in "Привіт")
LINKS = " ".join(f"https://example.org/{n}" for n in range(MAX_LINKS + 1))


@pytest.mark.parametrize(
    ("field", "typed", "code", "sentence"),
    [
        ("text", ZALGO, "combining_marks", "забагато значків"),
        ("author_name", ZALGO[:80], "combining_marks", "забагато значків"),
        ("text", "кіт" + "\U000e0101" * 9, "combining_marks", "забагато значків"),
        ("text", "ціна \u202e0001 грн", "hidden_characters", "приховані знаки"),
        ("text", "\u202dпо порядку\u202c", "hidden_characters", "приховані знаки"),
        ("text", "дзвінок \x07\x1b[31m", "hidden_characters", "приховані знаки"),
        ("author_name", "Олена\u2067", "hidden_characters", "приховані знаки"),
        ("author_url", "https://example.org/\u202egnp", "hidden_characters", "приховані знаки"),
        ("text", LINKS, "links", "Посилань забагато: вміщується щонайбільше 30."),
        ("text", "я" * 5001, "max_length", "Коментар задовгий"),
        ("text", "до\x00сить", "null_characters_not_allowed", "неможливо зберегти"),
    ],
)
def test_text_that_breaks_the_page_for_others_is_refused_with_a_message(
    client: Client, article: Article, field: str, typed: str, code: str, sentence: str
) -> None:
    response = post(client, {**GOOD, field: typed}, headers={"Accept-Language": "uk"})
    assert response.status_code == 400
    assert errors(response) == {f"#/{field}": code}
    shown = post_form(client, article, **{field: typed})
    assert shown.status_code == 422
    assert sentence in shown.content.decode()
    assert FORM["author_email"] in shown.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "з\u0301амок і замо\u0301к",
        "Tiê\u0301ng Viê\u0323t",
        "שָׁלוֹם, мир",
        "👩🏽‍🚒 🏳️‍🌈 1️⃣ ❤️",
        "😂" * 40 + "👨‍👩‍👧‍👦" * 10,
        "перше\r\n\tдруге\x0bтретє",
        "\u200eмітка напрямку",
        "ไม่มีที่ไหน",
    ],
)
def test_ordinary_text_is_accepted(text: str) -> None:
    validate_legible(text)
    validate_links(text)


def test_a_name_written_from_right_to_left_is_accepted() -> None:
    validate_direction("יעל")
    with pytest.raises(ValidationError):
        validate_direction("יעל\u200f")


def test_a_form_that_is_too_large_gets_an_error_page(client: Client, article: Article) -> None:
    response = post_form(client, article, text="я" * 600_000)
    assert response.status_code == 413
    assert "забагато тексту" in response.content.decode()


def test_a_lone_surrogate_does_not_crash_the_form(client: Client, article: Article) -> None:
    body = b"author_name=%ED%A0%80ab&author_email=o@example.org&text=%ED%B0%80" + b"abc"
    kind = "application/x-www-form-urlencoded"
    response = client.generic("POST", "/uk/articles/mist/", body, kind)
    assert response.status_code == 302
    assert "\ud800" not in Comment.objects.get().author_name


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"&".join(b"f%d=1" % n for n in range(2000)), "application/x-www-form-urlencoded", 400),
        (b"nothing", "multipart/form-data", 400),
        (b"--b\r\nContent-Disposition: form-data", "multipart/form-data; boundary=b", 422),
        (b"\xff\xfe\x00", "application/octet-stream", 422),
    ],
    ids=["thousands of fields", "no boundary", "broken off", "not a form"],
)
def test_a_body_that_is_not_a_form_gets_an_answer(
    client: Client, article: Article, body: bytes, kind: str, status: int
) -> None:
    response: Any = client.generic("POST", "/uk/articles/mist/", body, kind)
    assert response.status_code == status
    assert "<html" in response.content.decode()
