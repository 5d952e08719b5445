"""The REST endpoint as a frontend meets it."""

import base64
from typing import Any

import pytest
from django.contrib.admin import site
from django.http import HttpRequest
from django.test import Client

from comments.admin import ArticleAdmin
from comments.identity import status_token
from comments.models import Article, Comment, Contact, Status
from moderation.verdict import Outcome, Reason
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db
GOOD = {"author_name": "Олена", "author_email": "olena@example.org", "text": "Дякую за новину."}


def post(client: Client, data: Any, slug: str = "mist", **extra: Any) -> Any:
    url = f"/api/v1/articles/{slug}/comments/"
    return client.post(url, data, content_type="application/json", **extra)


def errors(response: Any) -> dict[str, str]:
    return {entry["pointer"]: entry["code"] for entry in response.json()["errors"]}


def test_a_comment_is_accepted_with_a_link_to_its_fate(client: Client, article: Article) -> None:
    response = post(client, GOOD)
    assert response.status_code == 202
    answer = response.json()
    comment = Comment.objects.get()
    assert (answer["id"], answer["status"], answer["reason"]) == (comment.pk, "pending", "")
    fate = client.get(answer["status_url"]).json()
    assert fate["status"] == "pending"
    assert Contact.objects.get().email == "olena@example.org"


def test_the_answer_to_a_comment_never_holds_the_email(client: Client, article: Article) -> None:
    response = post(client, GOOD)
    assert "olena@" not in response.content.decode()
    assert "olena@" not in client.get(response.json()["status_url"]).content.decode()


def test_every_field_at_fault_has_an_entry_of_its_own(client: Client, article: Article) -> None:
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
        ("author_url", "ftp://files.example/a", "invalid"),
        ("parent", 999_999, "does_not_exist"),
        ("parent", "перший", "incorrect_type"),
    ],
)
def test_what_cannot_be_stored_is_refused_by_name(
    client: Client, article: Article, field: str, value: Any, code: str
) -> None:
    response = post(client, {**GOOD, field: value})
    assert response.status_code == 400
    assert errors(response) == {f"#/{field}": code}


@pytest.mark.parametrize("body", ["{", "[]", '"text"', "null", ""])
def test_a_body_that_is_not_an_object_is_a_problem_and_no_crash(
    client: Client, article: Article, body: str
) -> None:
    response = post(client, body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


def test_problems_speak_the_language_of_the_reader(client: Client, article: Article) -> None:
    ukrainian = post(client, {}, headers={"Accept-Language": "uk"}).json()["detail"]
    english = post(client, {}, headers={"Accept-Language": "en"}).json()["detail"]
    assert english == "Some fields are not filled in correctly."
    assert ukrainian != english


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.REJECTED])
def test_only_a_published_comment_can_be_replied_to(
    client: Client, article: Article, status: Status
) -> None:
    hidden = make_comment(article, status=status)
    assert errors(post(client, {**GOOD, "parent": hidden.pk})) == {"#/parent": "does_not_exist"}


def test_a_comment_of_another_article_cannot_be_replied_to(
    client: Client, article: Article
) -> None:
    elsewhere = make_comment()
    assert errors(post(client, {**GOOD, "parent": elsewhere.pk})) == {"#/parent": "does_not_exist"}


@pytest.mark.parametrize(
    "url",
    [
        "/api/v1/articles/none/comments/",
        "/api/v1/submissions/forged:token/",
        "/api/v1/submissions/" + "a" * 500 + "/",
        "/api/v1/nothing/here",
    ],
)
def test_what_is_not_there_is_a_problem_document(client: Client, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 404


def test_the_fate_of_a_comment_carries_a_reason_and_a_sentence(client: Client) -> None:
    comment = make_comment(status=Status.REJECTED)
    url = f"/api/v1/submissions/{status_token(comment.pk)}/"
    fate = client.get(url, headers={"Accept-Language": "en"}).json()
    assert (fate["status"], fate["reason"]) == ("rejected", "spam")
    assert fate["message"].startswith("Your comment is not published: it looks like advertising")


def test_only_published_comments_are_listed(client: Client, article: Article) -> None:
    shown = make_comment(article, author_email="hidden@example.org")
    for status in (Status.PENDING, Status.HELD, Status.REJECTED):
        make_comment(article, status=status)
    make_comment()
    response = client.get("/api/v1/articles/mist/comments/")
    results = response.json()["results"]
    assert [row["id"] for row in results] == [shown.pk]
    assert set(results[0]) == {
        *("id", "parent_id", "author_name", "author_url", "text", "created_at"),
        *("replies", "reply_count"),
    }
    assert "example.org" not in response.content.decode()


def test_replies_come_with_their_comment_and_the_rest_on_pages_of_their_own(
    client: Client, article: Article
) -> None:
    root = make_comment(article)
    replies = [make_comment(article, parent=root).pk for _ in range(23)]
    make_comment(article, parent=root, status=Status.HELD)
    (row,) = client.get("/api/v1/articles/mist/comments/").json()["results"]
    assert [reply["id"] for reply in row["replies"]] == replies[:20]
    assert row["reply_count"] == 23
    url = f"/api/v1/articles/mist/comments/?parent={root.pk}&order=oldest&limit=100"
    assert [reply["id"] for reply in client.get(url).json()["results"]] == replies


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_cursor_pages_show_every_comment_once(client: Client, article: Article, order: str) -> None:
    ids = [make_comment(article).pk for _ in range(45)]
    url, seen, sizes = f"/api/v1/articles/mist/comments/?order={order}", [], []
    while url:
        page = client.get(url).json()
        sizes.append(len(page["results"]))
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert sizes == [20, 20, 5]
    assert seen == (ids if order == "oldest" else ids[::-1])


@pytest.mark.parametrize("query", ["cursor=nonsense", "parent=abc", "limit=abc", "order=sideways"])
def test_a_strange_query_is_never_a_crash(client: Client, article: Article, query: str) -> None:
    assert client.get(f"/api/v1/articles/mist/comments/?{query}").status_code in {200, 400, 404}


def test_an_unchanged_list_costs_no_body(client: Client, article: Article) -> None:
    make_comment(article)
    url = "/api/v1/articles/mist/comments/"
    etag = client.get(url)["ETag"]
    unchanged = client.get(url, headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["ETag"] == etag
    make_comment(article, status=Status.HELD)
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    make_comment(article)
    changed = client.get(url, headers={"If-None-Match": etag})
    assert (changed.status_code, len(changed.json()["results"])) == (200, 2)


def test_the_list_costs_the_same_queries_however_long(
    client: Client, article: Article, django_assert_num_queries: Any
) -> None:
    for _ in range(30):
        make_comment(article, parent=make_comment(article))
    with django_assert_num_queries(4):
        client.get("/api/v1/articles/mist/comments/")


def test_a_first_page_asked_for_again_costs_one_query_and_is_never_an_old_one(
    client: Client, article: Article, django_assert_num_queries: Any
) -> None:
    url = "/api/v1/articles/mist/comments/?limit=20"
    first = make_comment(article)
    page = client.get(url).json()
    with django_assert_num_queries(1):
        assert client.get(url).json() == page
    decide(first, Outcome.REJECT, Reason.SPAM)
    assert client.get(url).json()["results"] == []


@pytest.mark.parametrize("query", ["limit=100", "order=1", "order=oldest&order=oldest"])
def test_whoever_asks_for_every_size_and_order_fills_no_memory(
    client: Client, article: Article, query: str, django_assert_num_queries: Any
) -> None:
    url = f"/api/v1/articles/mist/comments/?{query}"
    make_comment(article)
    client.get(url)
    with django_assert_num_queries(4):
        client.get(url)


def test_a_frontend_elsewhere_is_let_in_only_by_setting(
    client: Client, article: Article, settings: Any
) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://news.example"]
    url = "/api/v1/articles/mist/comments/"
    allowed = client.get(url, headers={"Origin": "https://news.example"})
    assert allowed["Access-Control-Allow-Origin"] == "https://news.example"
    other = client.get(url, headers={"Origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in other


def test_a_frontend_elsewhere_may_send_and_read_the_headers_that_the_docs_tell_of(
    client: Client, article: Article, settings: Any
) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://news.example"]
    asked = {
        "Origin": "https://news.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,if-none-match,x-request-id",
    }
    preflight = client.options("/api/v1/articles/mist/comments/", headers=asked)
    allowed = set(preflight["Access-Control-Allow-Headers"].split(", "))
    assert {"content-type", "if-none-match", "x-request-id"} <= allowed
    assert preflight["Access-Control-Allow-Methods"] == "GET, OPTIONS, POST"
    answer = client.get("/api/v1/articles/mist/comments/", headers=asked)
    readable = answer["Access-Control-Expose-Headers"].split(", ")
    assert readable == ["ETag", "Retry-After", "X-Request-ID"]


def test_no_such_article_is_said_in_the_readers_language(client: Client, article: Article) -> None:
    url = "/api/v1/articles/nowhere/comments/"
    answer = client.get(url, headers={"Accept-Language": "uk"})
    assert (answer.status_code, answer.json()["detail"]) == (404, "Не знайдено.")


def test_the_document_says_what_each_answer_means_and_its_example_is_accepted(
    client: Client, article: Article
) -> None:
    paths = client.get("/api/schema/", headers={"Accept": "application/json"}).json()["paths"]
    operations = [each for path in paths.values() for each in path.values()]
    assert all(a["description"] for each in operations for a in each["responses"].values())
    submit = paths["/api/v1/articles/{slug}/comments/"]["post"]
    assert set(submit["responses"]["429"]["headers"]) == {"Retry-After"}
    [example] = submit["requestBody"]["content"]["application/json"]["examples"].values()
    assert post(client, example["value"]).status_code == 202


def test_the_schema_and_its_docs_come_from_here(client: Client) -> None:
    schema = client.get("/api/schema/", headers={"Accept": "application/json"})
    assert schema.status_code == 200
    assert set(schema.json()["paths"]) == {
        "/api/v1/articles/{slug}/comments/",
        "/api/v1/stamp/",
        "/api/v1/submissions/{token}/",
    }
    docs = client.get("/api/docs/").content.decode()
    assert "//cdn" not in docs
    assert "/static/drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js" in docs


@pytest.mark.parametrize(
    "query",
    [
        "cursor=" + base64.b64encode(b"p=notadate").decode(),
        "cursor=" + base64.b64encode(b"p=2026-13-45").decode(),
        "parent=" + "9" * 30,
        "parent=" + "9" * 5000,
    ],
)
def test_a_forged_query_is_a_problem_and_no_crash(
    client: Client, article: Article, query: str
) -> None:
    response = client.get(f"/api/v1/articles/mist/comments/?{query}")
    assert response.status_code in {400, 404}
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
def test_a_monstrous_body_is_a_problem_and_no_crash(
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
    "unseen", ["\u200b\u200b", "\u2800\u2800", "\u3164 \u3164", "\u0301\u0301"]
)
@pytest.mark.parametrize("field", ["text", "author_name"])
def test_what_shows_nothing_is_refused(
    client: Client, article: Article, field: str, unseen: str
) -> None:
    assert errors(post(client, {**GOOD, field: unseen})) == {f"#/{field}": "invisible"}
    page = client.post(article.get_absolute_url(), {**GOOD, field: unseen})
    assert page.status_code == 422


def test_an_emoji_is_a_comment(client: Client, article: Article) -> None:
    assert post(client, {**GOOD, "text": "👍👍"}).status_code == 202


def test_saving_an_article_does_not_turn_its_etag_back(client: Client, article: Article) -> None:
    make_comment(article)
    form_of_an_hour_ago = ArticleAdmin(Article, site).get_form(HttpRequest())(
        {"title": "Нова назва"}, instance=article
    )
    form_of_an_hour_ago.is_valid()
    ArticleAdmin(Article, site).save_model(HttpRequest(), article, form_of_an_hour_ago, True)
    article.refresh_from_db()
    assert (article.published_count, article.thread_revision) == (1, 1)
