"""Shared caches may store lists of published comments for seconds, and nothing else."""

import re

import pytest
from django.test import Client

from comments.models import Article, Status
from tests.comments.reception.rest import GOOD
from tests.makers import make_comment

pytestmark = pytest.mark.django_db

LIST = "/api/v1/articles/mist/comments/"
# docs/frontend.md promises it.
BOUND = 3


def directives(cache_control: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in cache_control.split(","))
    return {name: value for name, _, value in pairs}


def test_a_proxy_may_cache_a_list_as_long_as_documented(client: Client, article: Article) -> None:
    make_comment(article)
    answer = client.get(LIST)
    unchanged = client.get(LIST, headers={"If-None-Match": answer["ETag"]})
    assert unchanged.status_code == 304
    for each in (answer, unchanged):
        found = directives(each["Cache-Control"])
        assert "public" in found
        assert found["max-age"] == "0", "a browser asks each time"
        assert int(found["s-maxage"]) + int(found["stale-while-revalidate"]) == BOUND


def test_a_list_is_the_same_for_all_languages_and_separate_for_each_origin(
    client: Client, article: Article
) -> None:
    make_comment(article)
    ukrainian, english = (client.get(LIST, headers={"Accept-Language": x}) for x in ("uk", "en"))
    assert ukrainian.content == english.content
    assert ukrainian["Vary"].lower() == "origin"
    assert "Content-Language" not in ukrainian
    assert client.cookies == {}


@pytest.mark.parametrize(
    "path", ["articles/mist/", "articles/mist/comments/{}/", "counts/?keys=mist"]
)
def test_what_has_no_language_may_be_cached_once_for_all(
    client: Client, article: Article, path: str
) -> None:
    address = f"/api/v1/{path.format(make_comment(article).pk)}"
    ukrainian, english = (client.get(address, headers={"Accept-Language": x}) for x in ("uk", "en"))
    assert ukrainian.content == english.content
    assert "public" in ukrainian["Cache-Control"]
    assert ukrainian["Vary"].lower() == "origin"
    assert "Content-Language" not in ukrainian
    known = {"If-None-Match": english["ETag"]}
    assert client.get(address, headers=known).status_code == 304


def test_an_error_is_in_the_readers_language_and_is_not_cached(
    client: Client, article: Article
) -> None:
    for address in (f"{LIST}?parent=x", "/api/v1/articles/none/"):
        answer = client.get(address)
        assert answer.status_code in {400, 404}
        assert answer["Cache-Control"] == "private"
        assert "Accept-Language" in answer["Vary"]
        assert answer["Content-Language"] == "uk"


def test_personal_answers_are_never_cached(client: Client, article: Article) -> None:
    make_comment(article, status=Status.HELD)
    sent = client.post(LIST, GOOD, content_type="application/json")
    assert sent.status_code == 202
    status = re.sub(r"^https?://[^/]+", "", sent.json()["status_url"])
    pages = [
        "/uk/articles/mist/",
        "/en/articles/mist/",
        "/uk/",
        "/uk/admin/login/",
        "/api/v1/challenge/",
    ]
    for answer in [sent, *(client.get(each) for each in [status, *pages])]:
        assert "private" in directives(answer["Cache-Control"])
        assert "public" not in directives(answer["Cache-Control"])
    for each in (status, "/api/v1/challenge/"):
        assert "no-store" in directives(client.get(each)["Cache-Control"])
