"""REST says what is wrong in words that need no knowledge of this service's own language."""

import re
from typing import Any

import pytest
from django.test import Client

from comments.models import Article, SiteKey
from tests.comments.reception.rest import GOOD, post
from tests.makers import make_comment

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

WRONG: list[Any] = [
    None,
    [],
    {},
    ["перелік"],
    {"а": 1},
    7,
    1.5,
    True,
    "\x00",
    "\ud83d",
    "я" * 60_000,
]
PYTHON = re.compile(
    r"\b(dict\w*|NoneType|str|string|int|float|list|bool|pk|data provided|object)\b"
)
FIELDS = [
    *("author_name", "author_email", "author_url", "text", "parent", "article"),
    *("author_secret", "challenge", "proof"),
]
REPORT = {"reason": "spam", "author_secret": "s" * 40, "sentence": "Реклама."}
ARTICLE = {"url": "https://news.example/mist", "title": "Міст"}
ABOUT = ["url", "title", "section", "language", "published_at", "closes_at", "text"]


def sentences(answer: Any) -> list[str]:
    problem = answer.json()
    return [problem["detail"], *(each["detail"] for each in problem.get("errors", []))]


def check(answer: Any, language: str) -> None:
    if answer.status_code < 400:
        return
    for sentence in sentences(answer):
        if language == "uk":
            assert re.search("[а-яіїєґ]", sentence), sentence
        else:
            assert not PYTHON.search(
                sentence.replace("JSON object", "").replace("an object", "")
            ), sentence
            assert not re.search("[а-яіїєґ]", sentence), sentence


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("body", ["[]", '"text"', "null", "7", "true", "[1, 2]", ""])
def test_a_body_of_the_wrong_kind_is_explained(
    client: Client, article: Article, body: str, language: str
) -> None:
    headers = {"Accept-Language": language}
    answer = post(client, body, headers=headers)
    assert answer.status_code == 400
    check(answer, language)
    reports = f"/api/v1/articles/mist/comments/{make_comment(article).pk}/reports/"
    check(client.post(reports, body, content_type="application/json", headers=headers), language)


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("field", FIELDS)
def test_a_field_of_the_wrong_kind_is_explained(
    client: Client, article: Article, field: str, language: str
) -> None:
    for wrong in WRONG:
        check(post(client, {**GOOD, field: wrong}, headers={"Accept-Language": language}), language)


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("field", [*REPORT, *ABOUT])
def test_reports_and_articles_explain_too(
    client: Client, article: Article, field: str, language: str
) -> None:
    comment = make_comment(article)
    key = SiteKey.objects.add(article.site, "news")
    headers = {"Accept-Language": language}
    kind = "application/json"
    for wrong in WRONG:
        address = f"/api/v1/articles/mist/comments/{comment.pk}/reports/"
        sent = {**REPORT, field: wrong}
        check(client.post(address, sent, content_type=kind, headers=headers), language)
        check(post(client, {**GOOD, "article": {**ARTICLE, field: wrong}}, "new"), "uk")
        shown = {**headers, "Authorization": f"Bearer {key}"}
        about = {**ARTICLE, field: wrong}
        path = "/api/v1/articles/mist/"
        check(client.put(path, about, content_type=kind, headers=shown), language)


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/api/v1/nothing/here/", 404, "no-address"),
        ("GET", "/api/v1/articles/none/", 404, "no-article"),
        ("GET", "/api/v1/sites/none/articles/mist/comments/", 404, "no-site"),
        ("GET", "/api/v1/articles/mist/comments/?parent=999999", 404, "no-comment"),
        ("GET", "/api/v1/articles/mist/comments/?cursor=nonsense", 404, "no-page"),
        ("GET", "/api/v1/submissions/forged:token/", 404, "no-submission"),
        ("GET", "/api/v1/reports/forged:token/", 404, "no-report"),
        ("POST", "/api/v1/articles/mist/comments/999999/reports/", 404, "no-comment"),
        ("DELETE", "/api/v1/articles/mist/comments/", 405, "method-not-allowed"),
        ("POST", "/api/v1/articles/mist/comments/", 415, "unsupported-media-type"),
        ("PUT", "/api/v1/articles/mist/", 401, "not-authenticated"),
    ],
)
def test_a_problem_has_a_type_for_programs_and_one_sentence_under_both_names(
    client: Client, article: Article, method: str, path: str, status: int, kind: str
) -> None:
    as_json = status != 415
    sent = "{}" if as_json else "a=1"
    content = "application/json" if as_json else "application/x-www-form-urlencoded"
    for language in ("uk", "en"):
        answer = client.generic(method, path, sent, content, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == status
        problem = answer.json()
        assert problem["type"] == f"urn:comments:problem:{kind}"
        assert problem["message"] == problem["detail"] not in {"Not found.", "Не знайдено."}
        check(answer, language)


def test_an_accepted_comment_and_a_refused_one_name_their_sentence_the_same(
    client: Client, article: Article
) -> None:
    assert post(client, GOOD).json()["message"]
    assert post(client, {}).json()["message"]
