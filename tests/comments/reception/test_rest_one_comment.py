"""A frontend gets one published comment by its number."""

from typing import Any

import pytest
from django.test import Client

from comments.models import Article, Comment, Site, Status
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db


def address(comment: Comment, key: str = "mist") -> str:
    return f"/api/v1/articles/{key}/comments/{comment.pk}/"


def test_a_comment_is_shown_as_in_the_list(client: Client, article: Article) -> None:
    comment = make_comment(article)
    reply = make_comment(article, parent=comment)
    (listed,) = client.get("/api/v1/articles/mist/comments/").json()["results"]
    assert client.get(address(comment)).json() == listed
    alone = client.get(address(reply)).json()
    assert (alone["id"], alone["parent_id"], alone["replies"]) == (reply.pk, comment.pk, [])


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.REJECTED])
def test_what_readers_do_not_see_is_not_shown(
    client: Client, article: Article, status: Status
) -> None:
    shown = client.get(address(make_comment(article, status=status)))
    never = client.get("/api/v1/articles/mist/comments/999999/")
    assert (shown.status_code, never.status_code) == (404, 404)
    assert shown.json() == never.json(), "nobody learns whether it exists"
    assert shown.json()["type"] == "urn:comments:problem:no-comment"


def test_a_reply_is_hidden_with_the_comment_above_it(client: Client, article: Article) -> None:
    comment = make_comment(article)
    reply = make_comment(article, parent=comment)
    decide(comment, Outcome.REJECT, Reason.SPAM)
    assert client.get(address(reply)).status_code == 404


def test_a_comment_belongs_to_its_article_and_site(client: Client, article: Article) -> None:
    comment = make_comment(article)
    make_article(key="inshe")
    Site.objects.create(key="second", name="Друга")
    assert client.get(address(comment, "inshe")).status_code == 404
    other = client.get(f"/api/v1/sites/second{address(comment)[7:]}")
    assert other.json()["type"] == "urn:comments:problem:no-article"
    none = client.get(f"/api/v1/sites/third{address(comment)[7:]}")
    assert none.json()["type"] == "urn:comments:problem:no-site"


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_an_impossible_number_is_a_missing_comment(
    client: Client, article: Article, number: str
) -> None:
    assert client.get(f"/api/v1/articles/mist/comments/{number}/").status_code == 404


def test_an_unchanged_comment_is_answered_without_a_body(client: Client, article: Article) -> None:
    comment = make_comment(article)
    first = client.get(address(comment))
    known = {"If-None-Match": first["ETag"]}
    unchanged = client.get(address(comment), headers=known)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    make_comment(article, parent=comment)
    again: Any = client.get(address(comment), headers=known)
    assert (again.status_code, again.json()["reply_count"]) == (200, 1)
    decide(comment, Outcome.REJECT, Reason.SPAM)
    assert client.get(address(comment), headers={"If-None-Match": again["ETag"]}).status_code == 404
