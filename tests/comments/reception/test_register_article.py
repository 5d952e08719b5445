"""A website's own server registers its articles, moves them and closes them."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from comments.models import Article, Comment, Site, SiteKey
from tests.comments.reception.rest import GOOD, errors, post
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db
MIST = {"url": "https://news.example/mist", "title": "Міст відремонтують навесні"}


@pytest.fixture(autouse=True)
def news(settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://news.example"]


@pytest.fixture
def key() -> str:
    return made_key("news server")


def made_key(name: str, **options: Any) -> str:
    out = StringIO()
    call_command("add_site_key", name, stdout=out, stderr=StringIO(), **options)
    return out.getvalue().strip()


def put(client: Client, sent: Any, key: str, address: str = "/api/v1/articles/mist/") -> Any:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return client.put(address, sent, content_type="application/json", headers=headers)


def test_an_article_can_be_registered_before_anyone_comments(client: Client, key: str) -> None:
    answer = put(client, {**MIST, "section": "Місто", "text": "Ремонт почнеться."}, key)
    assert answer.status_code == 201
    assert answer.json().items() >= {**MIST, "key": "mist", "is_closed": False}.items()
    assert "text" not in answer.json()
    article = Article.objects.get()
    assert (article.site_id, article.text) == ("main", "Ремонт почнеться.")
    assert client.get("/api/v1/articles/mist/").json() == answer.json()
    assert post(client, GOOD).status_code == 202


def test_an_article_that_moves_keeps_its_comments_and_omitted_fields(
    client: Client, key: str
) -> None:
    article = make_article(key="mist", section="Місто", text="Про міст.")
    comment = make_comment(article)
    moved = {"url": "https://news.example/2026/mist", "title": "Міст закрито"}
    answer = put(client, moved, key)
    assert answer.status_code == 200
    assert answer.json()["published_count"] == 1
    article.refresh_from_db()
    assert (article.url, article.title) == (moved["url"], moved["title"])
    assert (article.section, article.text, article.thread_revision) == ("Місто", "Про міст.", 1)
    assert Comment.objects.get(article=article) == comment


def test_a_discussion_can_be_closed_and_opened_again(client: Client, key: str) -> None:
    make_article(key="mist")
    closed = put(client, {**MIST, "closes_at": timezone.now()}, key)
    assert closed.json()["is_closed"]
    assert post(client, GOOD).status_code == 403
    assert not put(client, {**MIST, "closes_at": None}, key).json()["is_closed"]
    assert post(client, GOOD).status_code == 202


@pytest.mark.parametrize("shown", ["", "wrong", "wrong key", "\xff", "0" * 5000])
def test_nothing_is_registered_without_a_key(client: Client, key: str, shown: str) -> None:
    answer = put(client, MIST, shown)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer["Content-Type"] == "application/problem+json"
    assert not Article.objects.exists()


def test_a_key_is_valid_for_its_own_site_only(client: Client, key: str) -> None:
    Site.objects.create(key="second", name="Друга", origins="https://second.example")
    second = made_key("second server", site="second")
    other = {**MIST, "url": "https://second.example/mist"}
    other_site_url = "/api/v1/sites/second/articles/mist/"
    assert put(client, other, key, other_site_url).status_code == 401
    assert errors(put(client, other, key)) == {"#/url": "origin"}
    assert put(client, other, second, other_site_url).status_code == 201
    assert put(client, {**other, "title": "Інша"}, second).status_code == 200
    assert Article.objects.get().site_id == "second"
    assert client.get("/api/v1/articles/mist/").status_code == 404


def test_a_revoked_key_is_no_longer_accepted(client: Client, key: str) -> None:
    assert key not in str(SiteKey.objects.values())
    call_command("revoke_site_key", "news server", stdout=StringIO())
    assert put(client, MIST, key).status_code == 401
    with pytest.raises(CommandError, match="no active key named"):
        call_command("revoke_site_key", "news server")


def test_a_name_can_be_used_for_one_key_only(key: str) -> None:
    with pytest.raises(CommandError, match="choose another name"):
        made_key("news server")
    with pytest.raises(CommandError, match="no site with the key second"):
        made_key("another", site="second")


@pytest.mark.parametrize(
    ("sent", "pointer", "code"),
    [
        ({"title": "Міст"}, "#/url", "required"),
        ({"url": MIST["url"]}, "#/title", "required"),
        ({**MIST, "url": "https://evil.example/"}, "#/url", "origin"),
        ({**MIST, "closes_at": "завтра"}, "#/closes_at", "invalid"),
        ({**MIST, "text": "я" * 50_001}, "#/text", "max_length"),
    ],
)
def test_an_invalid_field_is_reported(
    client: Client, key: str, sent: Any, pointer: str, code: str
) -> None:
    answer = put(client, sent, key)
    assert answer.status_code == 400
    assert errors(answer) == {pointer: code}


@pytest.mark.parametrize(
    ("origins", "url", "allowed"),
    [
        ("", "http://localhost:3000/a", True),
        ("", "https://testserver.example/a", False),
        ("https://a.example", "http://localhost/a", False),
        ("https://a.example", "https://a.example:443/a", True),
        ("https://a.example https://b.example:8443", "https://b.example:8443/a", True),
        ("https://*.a.example", "https://www.a.example/a", True),
        ("https://*.a.example", "https://a.example/a", True),
        ("https://*.a.example", "https://evila.example/a", False),
        ("https://a.example", "https://A.example/a", True),
        ("https://a.example", "https://[::1/a", False),
        ("https://a.example", "https://a.example:99999/a", False),
        ("https://a.example", "//a.example/a", False),
    ],
)
def test_articles_must_be_under_the_sites_addresses(origins: str, url: str, allowed: bool) -> None:
    assert Site(origins=origins).allows(url) is allowed
