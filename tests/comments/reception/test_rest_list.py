"""The REST list of published comments: pages, order, ETag."""

from typing import Any

import pytest
from django.contrib.admin import site
from django.http import HttpRequest
from django.test import Client

from comments.admin import ArticleAdmin
from comments.models import IN_THREAD, Article, Comment, Status
from moderation import author_changes
from moderation.policy.verdict import Outcome, Reason
from tests.comments.reception.rest import errors
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db


def test_only_published_comments_are_listed(client: Client, article: Article) -> None:
    shown = make_comment(article, author_email="hidden@example.org")
    for status in (Status.PENDING, Status.HELD, Status.REJECTED):
        make_comment(article, status=status)
    make_comment()
    response = client.get("/api/v1/articles/mist/comments/")
    results = response.json()["results"]
    assert [row["id"] for row in results] == [shown.pk]
    assert set(results[0]) == {
        *("id", "parent_id", "branch_id", "reply_to", "author_name", "author_url"),
        *("text", "html", "language", "created_at", "withdrawn", "staff", "picked"),
        *("replies", "reply_count"),
    }
    assert "example.org" not in response.content.decode()


def test_first_replies_come_with_their_comment_and_the_rest_on_pages(
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


def test_the_replies_of_another_article_are_not_listed_under_this_one(
    client: Client, article: Article
) -> None:
    root = make_comment()
    reply = make_comment(root.article, parent=root)
    under = "/api/v1/articles/{}/comments/?parent={}"
    assert client.get(under.format(article.key, root.pk)).status_code == 404
    (row,) = client.get(under.format(root.article.key, root.pk)).json()["results"]
    assert row["id"] == reply.pk


def test_links_to_the_next_page_use_the_requested_host(client: Client, article: Article) -> None:
    for _ in range(21):
        make_comment(article)
    for host in ("localhost", "127.0.0.1"):
        page = client.get("/api/v1/articles/mist/comments/", HTTP_HOST=host).json()
        assert page["next"].startswith(f"http://{host}/")


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


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("order=sideways", ["#/order"]),
        ("order=", ["#/order"]),
        ("limit=abc", ["#/limit"]),
        ("limit=0", ["#/limit"]),
        ("limit=-1", ["#/limit"]),
        ("limit=101", ["#/limit"]),
        ("limit=" + "9" * 5000, ["#/limit"]),
        ("limit=", ["#/limit"]),
        ("parent=abc", ["#/parent"]),
        ("order=top&limit=many&parent=first", ["#/limit", "#/order", "#/parent"]),
    ],
)
def test_each_wrong_parameter_has_its_own_entry(
    client: Client, article: Article, query: str, wrong: list[str]
) -> None:
    url = "/api/v1/articles/mist/comments/"
    for known in ({}, {"If-None-Match": client.get(url)["ETag"]}):
        answer = client.get(f"{url}?{query}", headers=known)
        assert (answer.status_code, sorted(errors(answer))) == (400, wrong)


@pytest.mark.parametrize("limit", [1, 100])
def test_a_page_has_as_many_comments_as_asked_for(
    client: Client, article: Article, limit: int
) -> None:
    for _ in range(2):
        make_comment(article)
    page = client.get(f"/api/v1/articles/mist/comments/?limit={limit}").json()
    assert len(page["results"]) == min(limit, 2)
    assert bool(page["next"]) == (limit == 1)


def test_the_replies_to_a_comment_that_is_not_there_are_missing(
    client: Client, article: Article
) -> None:
    url = "/api/v1/articles/mist/comments/?parent={}"
    held = make_comment(article, status=Status.HELD)
    shown = make_comment(article)
    assert client.get(url.format(shown.pk)).json()["results"] == []
    for number in (held.pk, 999_999):
        assert client.get(url.format(number)).status_code == 404
    assert client.get(f"/api/v1/articles/new/comments/?parent={shown.pk}").status_code == 404


def test_the_replies_to_a_withdrawn_comment_can_be_read(client: Client, article: Article) -> None:
    root = make_comment(article)
    reply = make_comment(article, parent=root)
    author_changes.withdraw(comment=root)
    answer = client.get("/api/v1/articles/mist/comments/", {"parent": root.pk})
    assert [row["id"] for row in answer.json()["results"]] == [reply.pk]
    alone = client.get(f"/api/v1/articles/mist/comments/{root.pk}/").json()
    assert (alone["withdrawn"], alone["text"]) == (True, "")


def test_an_unchanged_list_is_answered_without_a_body(client: Client, article: Article) -> None:
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


def test_the_list_takes_a_constant_number_of_queries(
    client: Client, article: Article, django_assert_num_queries: Any
) -> None:
    for _ in range(30):
        make_comment(article, parent=make_comment(article))
    with django_assert_num_queries(5):
        client.get("/api/v1/articles/mist/comments/")


def test_a_cached_first_page_takes_one_query_and_is_never_out_of_date(
    client: Client, article: Article, django_assert_num_queries: Any
) -> None:
    url = "/api/v1/articles/mist/comments/?limit=20"
    first = make_comment(article)
    page = client.get(url).json()
    with django_assert_num_queries(1):
        assert client.get(url).json() == page
    decide(first, Outcome.REJECT, Reason.SPAM)
    assert client.get(url).json()["results"] == []


@pytest.mark.parametrize(
    "query", ["limit=100", "order=oldest&limit=20", "order=oldest&order=oldest"]
)
def test_requests_for_every_size_and_order_do_not_fill_the_cache(
    client: Client, article: Article, query: str, django_assert_num_queries: Any
) -> None:
    url = f"/api/v1/articles/mist/comments/?{query}"
    make_comment(article)
    client.get(url)
    with django_assert_num_queries(5):
        client.get(url)


def test_saving_an_article_does_not_revert_its_etag(client: Client, article: Article) -> None:
    make_comment(article)
    stale_form = ArticleAdmin(Article, site).get_form(HttpRequest())(
        {"title": "Нова назва"}, instance=article
    )
    stale_form.is_valid()
    ArticleAdmin(Article, site).save_model(HttpRequest(), article, stale_form, True)
    article.refresh_from_db()
    assert (article.published_count, article.thread_revision) == (1, 1)


def test_a_reply_names_whom_it_answers_and_comes_after_it(client: Client, article: Article) -> None:
    root = make_comment(article)
    first, other = (make_comment(article, parent=root) for _ in range(2))
    answer = make_comment(article, parent=first, author_name="Лесь")
    deeper = make_comment(article, parent=answer)
    url = "/api/v1/articles/mist/comments/"
    (row,) = client.get(url).json()["results"]
    assert (row["branch_id"], row["reply_to"]) == (None, None)
    assert client.get(f"{url}?parent={root.pk}").json()["results"] == [
        {**reply, "replies": [], "reply_count": 0} for reply in row["replies"]
    ]
    shown = [(each["id"], each["branch_id"], each["reply_to"]) for each in row["replies"]]
    assert shown == [
        (first.pk, first.pk, None),
        (answer.pk, first.pk, {"id": first.pk, "author_name": first.author_name}),
        (deeper.pk, first.pk, {"id": answer.pk, "author_name": "Лесь"}),
        (other.pk, other.pk, None),
    ]


def test_the_name_of_a_comment_that_was_taken_down_is_not_shown(
    client: Client, article: Article
) -> None:
    reply = make_comment(article, parent=make_comment(article), author_name="Лесь")
    make_comment(article, parent=reply)
    decide(reply, Outcome.REJECT, Reason.SPAM)
    (row,) = client.get("/api/v1/articles/mist/comments/").json()["results"]
    (answer,) = row["replies"]
    assert answer["reply_to"] == {"id": reply.pk, "author_name": ""}


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_cursor_pages_of_replies_keep_the_order_of_the_thread(
    client: Client, article: Article, limit: int
) -> None:
    root = make_comment(article)
    heads = [make_comment(article, parent=root) for _ in range(3)]
    for head in [*heads, *heads]:
        make_comment(article, parent=head)
    url, seen = f"/api/v1/articles/mist/comments/?parent={root.pk}&limit={limit}", []
    while url:
        page = client.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert seen == [reply.pk for reply in root.replies.order_by(*IN_THREAD)]


def test_a_comment_has_its_text_as_html_and_its_language(client: Client, article: Article) -> None:
    typed = "> Міст закриють\nНевже *справді*? <b>Ні</b>"
    comment = make_comment(article, text=typed)
    for stored, given in (("en", "en"), ("other", "")):
        comment.article.thread_revision += 1
        comment.article.save()
        Comment.objects.update(language=stored)
        (row,) = client.get("/api/v1/articles/mist/comments/").json()["results"]
        assert (row["text"], row["language"]) == (typed, given)
    assert row["html"] == (
        "<blockquote>\n<p>Міст закриють</p>\n</blockquote>\n"
        "<p>Невже <em>справді</em>? &lt;b&gt;Ні&lt;/b&gt;</p>"
    )
