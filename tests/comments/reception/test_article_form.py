"""The comment form: its messages, validation and saved details."""

import html

import pytest
from django.test import Client

from comments.models import Article, Comment
from tests.comments.reception.pages import FORM, page, post

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_the_form_uses_familiar_labels(client: Client, article: Article) -> None:
    shown = page(client, article)
    for words in (
        "Залишити відповідь",
        "Ваша e-mail адреса не оприлюднюватиметься. Обов’язкові поля позначені *",
        'Коментар <span class="star">*</span>',
        'Ім’я <span class="star">*</span>',
        'E-mail <span class="star">*</span>',
        "Сайт</label>",
        "Зберегти моє ім’я, e-mail та адресу сайту в цьому браузері для моїх подальших коментарів",
        "Опублікувати коментар",
    ):
        assert words in shown


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("text", "", "Напишіть коментар."),
        ("text", " \n ", "Напишіть коментар."),
        ("text", "х", "Це закоротко для коментаря: напишіть хоча б слово або поставте емодзі."),
        ("text", "5", "Це закоротко для коментаря"),
        ("text", "…", "Це закоротко для коментаря"),
        ("text", "и\u0306", "Це закоротко для коментаря"),
        ("text", "ї" * 5001, "Коментар задовгий: знаків у ньому 5001, а вміщується 5000."),
        ("author_name", "", "Вкажіть ім’я."),
        ("author_name", "й" * 81, "Ім’я задовге: вміщується щонайбільше 80 знаків."),
        ("author_email", "", "Вкажіть e-mail: його не буде оприлюднено."),
        ("author_email", "oksana@", "Схоже, в адресі помилка: e-mail має бути на зразок"),
        ("author_url", "javascript:alert(1)", "Схоже, в адресі сайту помилка"),
    ],
)
def test_an_invalid_field_has_its_own_message_and_everything_typed_stays(
    client: Client, article: Article, field: str, typed: str, sentence: str
) -> None:
    response = post(client, article, **{field: typed, "remember": "on"})
    assert response.status_code == 422
    shown = html.unescape(response.content.decode())
    assert f'<a href="#id_{field}">{sentence}' in shown
    assert f'id="id_{field}_error">{sentence}' in shown
    assert f'aria-invalid="true" aria-describedby="id_{field}_error"' in shown
    for kept in {**FORM, field: typed}.values():
        assert kept.strip() in shown
    assert 'name="remember" id="id_remember" checked' in shown
    assert not Comment.objects.exists()


def test_the_messages_are_in_the_language_of_the_page(client: Client, article: Article) -> None:
    response = client.post(f"/en/articles/{article.key}/", {})
    shown = html.unescape(response.content.decode())
    for sentence in ("Write your comment.", "Enter your name.", "Enter your e-mail"):
        assert shown.count(sentence) == 2


def test_a_page_with_errors_opens_at_the_form(client: Client, article: Article) -> None:
    shown = page(client, article, "?order=oldest&reply_to=7")
    assert 'action="/uk/articles/mist/?order=oldest#respond"' in shown
    assert "<title>Помилка: " in html.unescape(post(client, article, text="").content.decode())


def test_a_line_break_counts_as_one_character(client: Client, article: Article) -> None:
    text = "\r\n".join("ї" * 2500)
    assert len(text) > 5000
    assert post(client, article, text=text).status_code == 302
    assert "\r" not in Comment.objects.get().text


def test_a_website_may_be_entered_without_its_scheme(client: Client, article: Article) -> None:
    assert post(client, article, author_url="oksana.example.org").status_code == 302
    assert Comment.objects.get().author_url == "https://oksana.example.org"


def test_the_author_is_remembered_only_on_request(client: Client, article: Article) -> None:
    post(client, article, remember="on")
    assert f'value="{FORM["author_name"]}"' in page(client, article)
    assert client.cookies["comment_author"]["httponly"]
    post(client, article, text="Ще одне.")
    assert f'value="{FORM["author_name"]}"' not in page(client, article)
