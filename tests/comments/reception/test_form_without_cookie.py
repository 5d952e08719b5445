"""A form that comes without its cookie is shown again with everything typed."""

import html
import re

import pytest
from django.test import Client

from comments.models import Article, Comment
from tests.comments.reception.pages import FORM

pytestmark = pytest.mark.django_db
ADDRESS = "/uk/articles/mist/"


@pytest.fixture
def browser(article: Article) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.get(ADDRESS)
    return client


def token(shown: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown)
    assert found
    return found[1]


def test_the_text_is_kept_and_can_be_sent_again(browser: Client) -> None:
    opened = html.unescape(browser.get(ADDRESS).content.decode())
    sent = {**FORM, "csrfmiddlewaretoken": token(opened)}
    browser.cookies.clear()
    answer = browser.post(ADDRESS, sent)
    shown = html.unescape(answer.content.decode())
    assert answer.status_code == 403
    assert "Ваш текст на місці" in shown
    for typed in FORM.values():
        assert typed in shown
    assert "no-store" in answer["Cache-Control"]
    assert not Comment.objects.exists()
    again = browser.post(ADDRESS, {**sent, "csrfmiddlewaretoken": token(shown)})
    assert again.status_code == 302
    assert Comment.objects.get().text == FORM["text"]


def test_a_form_from_another_site_is_not_shown_again(browser: Client) -> None:
    browser.cookies.clear()
    answer = browser.post(ADDRESS, FORM, headers={"origin": "https://thief.example"})
    assert answer.status_code == 403
    assert FORM["text"] not in answer.content.decode()


def test_other_forms_get_the_ordinary_page(browser: Client) -> None:
    browser.cookies.clear()
    answer = browser.post(f"{ADDRESS}comments/1/report/", {"sentence": "Це неправда"})
    assert answer.status_code == 403
    assert "Форму не вдалося прийняти" in html.unescape(answer.content.decode())
