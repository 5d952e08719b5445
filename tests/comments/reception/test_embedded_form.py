"""The form inside another page, sent without JavaScript and without a cookie."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from limits import parse_many

from comments.models import Comment
from tests.makers import make_article

ADDRESS = "/uk/articles/mist/comments/"
NEWSPAPER = "https://www.example.org"
TYPED = {"text": "Дякую за новину.", "author_name": "Олена", "author_email": "olena@example.org"}
ABOUT = {"article_url": f"{NEWSPAPER}/mist", "article_title": "Міст"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _of_the_newspaper(settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = [NEWSPAPER]
    settings.FORM_CHECKS = True


def send(origin: str = NEWSPAPER, **over: str) -> Any:
    client = Client(enforce_csrf_checks=True)
    return client.post(ADDRESS, {**TYPED, **over}, headers={"Origin": origin})


def test_the_first_comment_creates_the_article_and_leads_to_the_authors_page() -> None:
    answer = send(**ABOUT)
    comment = Comment.objects.get()
    assert comment.article.title == "Міст"
    assert not comment.looks_automated
    assert answer.status_code == 302
    assert "/status/" in answer["Location"]
    assert not answer.cookies


def test_an_error_shows_the_form_again_with_everything_typed() -> None:
    make_article(key="mist")
    answer = send(author_email="olena@")
    assert answer.status_code == 422
    assert "Дякую за новину." in answer.content.decode()
    assert not Comment.objects.exists()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_a_form_of_another_site_is_shown_to_the_reader_first(origin: str) -> None:
    make_article(key="mist")
    assert send(origin).status_code == 422
    assert not Comment.objects.exists()
    assert send("http://testserver").status_code == 302


def test_who_fills_in_the_hidden_field_is_held() -> None:
    make_article(key="mist")
    send(subject="x")
    assert Comment.objects.get().looks_automated


def test_a_full_limit_is_told_with_the_time_until_there_is_room(settings: Any) -> None:
    make_article(key="mist")
    settings.THROTTLES = True
    settings.THROTTLE_ADDRESS = parse_many("1/minute")
    send(text="Перший.")
    answer = send(text="Другий.")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Другий." in answer.content.decode()


def test_a_closed_discussion_says_so() -> None:
    make_article(key="mist", closes_at=timezone.now())
    assert send().status_code == 403
    assert not Comment.objects.exists()


def test_an_article_of_another_site_is_refused() -> None:
    assert send(article_url="https://evil.example/", article_title="x").status_code == 422
    assert not Comment.objects.exists()
