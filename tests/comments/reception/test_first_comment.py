"""An article is created with its first comment."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from limits import RateLimitItemPerDay

from comments.models import Article, Comment, Site
from comments.reception.receive import Visit, receive_comment
from tests.comments.reception.pages import page
from tests.comments.reception.pages import post as post_form
from tests.comments.reception.rest import GOOD, errors, post
from tests.makers import make_article, make_comment, make_draft
from tests.processes import Broker

pytestmark = pytest.mark.django_db
MIST = {"url": "https://news.example/mist", "title": "Міст відремонтують навесні"}


@pytest.fixture(autouse=True)
def news(settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://news.example"]


def listed(client: Client, key: str) -> Any:
    return client.get(f"/api/v1/articles/{key}/comments/")


def test_an_article_without_comments_has_an_empty_list_and_no_row(
    client: Client,
) -> None:
    answer = listed(client, "mist")
    assert answer.status_code == 200
    assert answer.json() == {"next": None, "previous": None, "results": []}
    again = client.get("/api/v1/articles/mist/comments/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert not Article.objects.exists()


def test_the_list_changes_once_there_is_a_comment(client: Client) -> None:
    empty = listed(client, "mist")["ETag"]
    make_comment(make_article(key="mist"))
    again = client.get("/api/v1/articles/mist/comments/", headers={"If-None-Match": empty})
    assert again.status_code == 200
    assert len(again.json()["results"]) == 1


def test_the_first_comment_creates_its_article(client: Client) -> None:
    about = {**MIST, "section": "Місто", "language": "uk", "published_at": "2026-11-20T08:00:00Z"}
    assert post(client, {**GOOD, "article": about}).status_code == 202
    article = Article.objects.get()
    assert (article.site_id, article.key) == ("main", "mist")
    assert {name: getattr(article, name) for name in ("url", "title", "section", "language")} == {
        name: about[name] for name in ("url", "title", "section", "language")
    }
    assert article.published_at == dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
    assert Comment.objects.get().article == article


@pytest.mark.parametrize(
    ("article", "pointer", "code"),
    [
        (None, "#/article", "required"),
        ("mist", "#/article", "invalid"),
        ([MIST], "#/article", "invalid"),
        ({"title": "Міст"}, "#/article/url", "required"),
        ({"url": MIST["url"]}, "#/article/title", "required"),
        ({**MIST, "title": " "}, "#/article/title", "blank"),
        ({**MIST, "title": "М\u202eіст"}, "#/article/title", "hidden_characters"),
        ({**MIST, "url": "mist"}, "#/article/url", "invalid"),
        ({**MIST, "url": "javascript:alert(1)"}, "#/article/url", "invalid"),
        ({**MIST, "url": "https://news.example.evil.example/"}, "#/article/url", "origin"),
        ({**MIST, "url": "https://news.example@evil.example/"}, "#/article/url", "origin"),
        ({**MIST, "url": "http://news.example/mist"}, "#/article/url", "origin"),
        ({**MIST, "url": "https://news.example:8443/mist"}, "#/article/url", "origin"),
        ({**MIST, "language": "українська"}, "#/article/language", "invalid"),
        ({**MIST, "published_at": "вчора"}, "#/article/published_at", "invalid"),
    ],
)
def test_an_invalid_description_is_refused_by_field_and_nothing_is_stored(
    client: Client, article: Any, pointer: str, code: str
) -> None:
    sent = GOOD if article is None else {**GOOD, "article": article}
    answer = post(client, sent)
    assert answer.status_code == 400
    assert errors(answer) == {pointer: code}
    assert not Article.objects.exists()


def test_an_error_in_the_description_is_in_the_readers_language(client: Client) -> None:
    sent = {**GOOD, "article": {**MIST, "url": "https://evil.example/"}}
    answer = post(client, sent, headers={"Accept-Language": "uk"})
    (entry,) = answer.json()["errors"]
    assert entry["detail"] == "Ця адреса не належить сайту."


def test_an_invalid_comment_creates_no_article(client: Client) -> None:
    assert post(client, {**GOOD, "text": "", "article": MIST}).status_code == 400
    assert not Article.objects.exists()


def test_the_description_in_a_later_comment_is_ignored(client: Client) -> None:
    article = make_article(key="mist")
    other = {"url": "https://evil.example/", "title": "Інший заголовок"}
    assert post(client, {**GOOD, "article": other}).status_code == 202
    assert Article.objects.get().title == article.title


@pytest.mark.parametrize("limit", ["THROTTLE_ADDRESS", "THROTTLE_AUTHOR", "THROTTLE_SITE"])
def test_there_are_never_more_new_articles_than_comments(
    client: Client, broker: Broker, settings: Any, limit: str
) -> None:
    settings.THROTTLES = True
    setattr(settings, limit, [RateLimitItemPerDay(2)])
    sent = [post(client, {**GOOD, "article": MIST}, key=f"a-{n}").status_code for n in range(4)]
    assert sent == [202, 202, 429, 429]
    assert Article.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_first_comments_at_once_are_all_stored_under_one_article(client: Client) -> None:
    Site.objects.default()

    def first(number: int) -> int:
        try:
            article = Article(site_id="main", key="mist", **MIST)
            visit = Visit(address="203.0.113.7")
            comment = receive_comment(article=article, draft=make_draft(), visit=visit)
            return comment.article_id
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as readers:
        articles = set(readers.map(first, range(8)))
    assert articles == {Article.objects.get().pk}
    assert Comment.objects.count() == 8


@pytest.mark.django_db(transaction=True)
def test_a_first_comment_sent_eight_times_at_once_is_stored_once(client: Client) -> None:
    Site.objects.default()
    draft = make_draft(author_name="Олена", text="Дякую за новину, чекали.")

    def first(number: int) -> int:
        try:
            article = Article(site_id="main", key="mist", **MIST)
            visit = Visit(address="203.0.113.7", secret="of one browser, " * 3)
            return receive_comment(article=article, draft=draft, visit=visit).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as readers:
        stored = set(readers.map(first, range(8)))
    assert stored == {Comment.objects.get().pk}
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "key", ["12345", "2026.11.28-mist_1~a", "міст-через-тиху", "й" * 200, "_a"]
)
def test_a_key_may_have_letters_digits_and_safe_punctuation(client: Client, key: str) -> None:
    assert post(client, {**GOOD, "article": MIST}, key=key).status_code == 202
    assert Article.objects.get().key == key
    assert listed(client, key).status_code == 200
    assert page(client, Article.objects.get())


def test_two_encodings_of_a_letter_are_the_same_key(client: Client) -> None:
    assert post(client, {**GOOD, "article": MIST}, key="и\u0306").status_code == 202
    assert post(client, GOOD, key="й").status_code == 202
    assert client.get("/uk/articles/и\u0306/").status_code == 200


@pytest.mark.parametrize(
    "key", ["й" * 201, "a b", "-a", ".a", "a%00", "a:b", "a,b", "😀", "%7B%7D"]
)
def test_a_key_with_other_characters_is_reported(client: Client, key: str) -> None:
    for answer in (post(client, {**GOOD, "article": MIST}, key=key), listed(client, key)):
        assert answer.status_code == 400
        assert errors(answer) == {"#/key": "key"}


def test_a_closed_article_refuses_comments_and_says_so(client: Client) -> None:
    article = make_article(key="mist", closes_at=timezone.now())
    make_comment(article)
    answer = post(client, GOOD, headers={"Accept-Language": "uk"})
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    sentence = "Обговорення закрито: залишити коментар тут уже не можна."
    assert answer.json()["detail"] == sentence
    shown = page(client, article)
    assert sentence in shown
    assert "reply-form" not in shown
    assert "reply_to=" not in shown
    late = post_form(client, article, text="Набраний заздалегідь коментар.")
    assert late.status_code == 403
    assert sentence in late.content.decode()
    assert "Набраний заздалегідь коментар." in late.content.decode()
    assert Comment.objects.count() == 1


def test_an_article_accepts_comments_until_it_closes(client: Client) -> None:
    make_article(key="mist", closes_at=timezone.now() + dt.timedelta(hours=1))
    assert post(client, GOOD).status_code == 202


def test_a_second_site_has_its_own_articles(client: Client) -> None:
    second = Site.objects.create(key="second", name="Друга", origins="https://second.example")
    base = "/api/v1/sites/second/articles/mist/comments/"
    sent = {**GOOD, "article": {**MIST, "url": "https://second.example/mist"}}
    assert client.post(base, sent, content_type="application/json").status_code == 202
    assert post(client, {**GOOD, "article": MIST}).status_code == 202
    assert Article.objects.filter(key="mist").count() == 2
    article = Article.objects.get(site=second)
    assert client.get("/uk/sites/second/articles/mist/").status_code == 200
    assert article.get_absolute_url().endswith("/sites/second/articles/mist/")
    not_its_own = client.post(
        base.replace("mist", "a"), {**GOOD, "article": MIST}, content_type="application/json"
    )
    assert errors(not_its_own) == {"#/article/url": "origin"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_site_is_not_found(client: Client, method: str) -> None:
    address = "/api/v1/sites/nowhere/articles/mist/comments/"
    sent = {**GOOD, "article": MIST}
    answer = getattr(client, method)(address, sent, content_type="application/json")
    assert answer.status_code == 404
    assert not Article.objects.exists()
