"""While the database is unavailable, readers get an error page with everything they typed."""

import html
import logging

import pytest
from django.db import connection
from django.test import Client

from comments.models import Article, Comment
from tests.comments.reception.pages import FORM, post

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Дякую,\nале </textarea> тут & не кінець."


def test_the_form_answers_503_with_everything_typed(
    client: Client, article: Article, database_unavailable: None
) -> None:
    answer = post(client, article, "?order=oldest", text=TEXT)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    page = answer.content.decode()
    assert "Traceback" not in page
    assert f'action="/uk/articles/{article.key}/?order=oldest"' in page
    assert f"\n{html.escape(TEXT)}</textarea>" in page
    for name in ("author_name", "author_email", "author_url"):
        assert f'<input type="hidden" name="{name}" value="{FORM[name]}">' in page


def test_the_error_page_can_send_the_same_comment_again(
    article: Article, request: pytest.FixtureRequest
) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.get(f"/uk/articles/{article.key}/")
    token = careful.cookies["csrftoken"].value
    sent = {**FORM, "csrfmiddlewaretoken": token}
    name = connection.settings_dict["NAME"]
    request.getfixturevalue("database_unavailable")
    page = careful.post(f"/uk/articles/{article.key}/", sent).content.decode()
    connection.settings_dict["NAME"] = name
    shown = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    again = careful.post(f"/uk/articles/{article.key}/", {**sent, "csrfmiddlewaretoken": shown})
    assert again.status_code == 302
    assert Comment.objects.get().text == FORM["text"]


def test_the_error_page_without_a_comment_has_no_form(
    client: Client, article: Article, database_unavailable: None
) -> None:
    answer = client.get(f"/uk/articles/{article.key}/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "<form" not in answer.content.decode()


def test_a_password_does_not_appear_in_the_error_page(
    client: Client, database_unavailable: None
) -> None:
    answer = client.post("/uk/admin/login/", {"username": "olena", "password": "tayemnytsia"})
    assert answer.status_code == 503
    assert "tayemnytsia" not in answer.content.decode()


def test_rest_answers_503_with_a_problem_document(
    client: Client, article: Article, database_unavailable: None
) -> None:
    address = f"/api/v1/articles/{article.key}/comments/"
    for answer in (client.post(address, FORM, "application/json"), client.get(address)):
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == 503


def test_the_log_names_the_kind_of_error_and_nothing_that_was_typed(
    client: Client, article: Article, database_unavailable: None, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        post(client, article)
    lines = [record.getMessage() for record in caplog.records]
    assert sum("the database is unavailable (" in line for line in lines) == 1
    assert FORM["author_email"] not in caplog.text
    assert "Traceback" not in caplog.text
