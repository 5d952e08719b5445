"""REST errors are problem documents, by field and in the reader's language."""

import base64
from typing import Any

import pytest
from django.test import Client

from comments.models import Article, Comment
from tests.comments.reception.rest import GOOD, errors, post

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_every_invalid_field_has_its_own_entry(client: Client, article: Article) -> None:
    response = post(client, {"author_email": "не адреса", "author_url": "javascript:alert(1)"})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert errors(response) == {
        "#/author_name": "required",
        "#/author_email": "invalid",
        "#/author_url": "invalid",
        "#/text": "required",
    }
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("text", "я" * 5001, "max_length"),
        ("text", "  \n ", "blank"),
        ("text", "до\x00сить", "null_characters_not_allowed"),
        ("text", "до\ud83dсить", "surrogate_characters_not_allowed"),
        ("text", ["перелік"], "invalid"),
        ("author_name", "я" * 81, "max_length"),
        ("author_url", "ftp://files.example/a", "scheme"),
        ("parent", 999_999, "does_not_exist"),
        ("parent", "перший", "incorrect_type"),
    ],
)
def test_values_that_cannot_be_stored_are_reported_by_field(
    client: Client, article: Article, field: str, value: Any, code: str
) -> None:
    response = post(client, {**GOOD, field: value})
    assert response.status_code == 400
    assert errors(response) == {f"#/{field}": code}


@pytest.mark.parametrize(
    "unseen", ["\u200b\u200b", "\u2800\u2800", "\u3164 \u3164", "\u0301\u0301"]
)
@pytest.mark.parametrize("field", ["text", "author_name"])
def test_invisible_values_are_refused(
    client: Client, article: Article, field: str, unseen: str
) -> None:
    assert errors(post(client, {**GOOD, field: unseen})) == {f"#/{field}": "invisible"}
    page = client.post(article.get_absolute_url(), {**GOOD, field: unseen})
    assert page.status_code == 422


@pytest.mark.parametrize("body", ["{", "[]", '"text"', "null", ""])
def test_a_body_that_is_not_an_object_is_a_problem_document(
    client: Client, article: Article, body: str
) -> None:
    response = post(client, body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (
            '{"author_name": "О", "author_email": "o@example.org", "text": "Ну", "parent": 1e400}',
            400,
        ),
        ("[" * 100_000, 400),
        ('{"text": "' + "я" * 600_000 + '"}', 413),
    ],
    ids=["an endless id", "nested deep", "a megabyte"],
)
def test_a_deeply_nested_body_is_a_problem_document(
    client: Client, article: Article, body: str, status: int
) -> None:
    response = post(client, body)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("charset", ["zlib", "utf-7", "undefined", "nonsense"])
def test_a_body_in_another_charset_is_refused(
    client: Client, article: Article, charset: str
) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    for url in (article.get_absolute_url(), "/api/v1/articles/mist/comments/"):
        assert client.generic("POST", url, b"text=+2AA-", kind).status_code == 415


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ('{"text":\n  ?}', "Це не вдалося прочитати як JSON: перевірте рядок 2, символ 3."),
        ('{"parent": NaN}', "Це не вдалося прочитати як JSON."),
        ("[" * 100_000, "Це не вдалося прочитати як JSON."),
        (b'{"text": "\xff"}', "Це не вдалося прочитати як JSON."),
    ],
    ids=["a mistake", "no JSON constant", "nested deep", "no UTF-8"],
)
def test_malformed_json_is_reported_in_the_readers_language_with_its_position(
    client: Client, article: Article, body: str | bytes, detail: str
) -> None:
    answer = post(client, body, headers={"Accept-Language": "uk"})
    assert (answer.status_code, answer.json()["detail"]) == (400, detail)


def test_problems_are_in_the_readers_language(client: Client, article: Article) -> None:
    ukrainian = post(client, {}, headers={"Accept-Language": "uk"}).json()["detail"]
    english = post(client, {}, headers={"Accept-Language": "en"}).json()["detail"]
    assert english == "Some fields are not filled in correctly."
    assert ukrainian != english


@pytest.mark.parametrize(
    "url",
    [
        "/api/v1/articles/none/",
        "/api/v1/submissions/forged:token/",
        "/api/v1/submissions/" + "a" * 500 + "/",
        "/api/v1/nothing/here",
    ],
)
def test_a_missing_resource_is_a_problem_document(client: Client, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 404


def test_a_missing_article_is_reported_in_the_readers_language(
    client: Client, article: Article
) -> None:
    url = "/api/v1/articles/nowhere/"
    answer = client.get(url, headers={"Accept-Language": "uk"})
    assert (answer.status_code, answer.json()["detail"]) == (
        404,
        "Статті з таким ключем немає: її ще ніхто не коментував.",
    )


@pytest.mark.parametrize(
    "query",
    [
        "cursor=" + base64.b64encode(b"p=notadate").decode(),
        "cursor=" + base64.b64encode(b"p=2026-13-45").decode(),
        "parent=" + "9" * 30,
        "parent=" + "9" * 5000,
    ],
)
def test_a_forged_query_is_a_problem_document(client: Client, article: Article, query: str) -> None:
    response = client.get(f"/api/v1/articles/mist/comments/?{query}")
    assert response.status_code in {400, 404}
    assert response["Content-Type"] == "application/problem+json"
