"""A thread whose root is taken down disappears from every list and count."""

from typing import Any

import pytest
from django.test import Client

from comments.identity import status_token
from comments.models import Article, Comment, Status
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db
LIST = "/api/v1/articles/mist/comments/"


def count(article: Article) -> int:
    article.refresh_from_db()
    return article.published_count


@pytest.fixture
def article() -> Article:
    return make_article(key="mist")


@pytest.fixture
def reply(article: Article) -> Comment:
    return make_comment(article, parent=make_comment(article), text="Відповідь читачки")


def test_it_is_counted_out_and_back_in(article: Article, reply: Comment) -> None:
    assert reply.parent
    assert count(article) == 2
    decide(reply.parent, Outcome.REJECT, Reason.REVIEWED)
    assert count(article) == 0
    late = make_comment(article, Status.PENDING, parent=reply.parent)
    decide(late, Outcome.PUBLISH, Reason.REVIEWED)
    assert count(article) == 0
    decide(reply.parent, Outcome.PUBLISH, Reason.REVIEWED)
    assert count(article) == 3
    decide(reply, Outcome.REJECT, Reason.REVIEWED)
    assert count(article) == 2


def test_it_is_neither_listed_nor_can_it_be_replied_to(
    client: Client, article: Article, reply: Comment
) -> None:
    assert reply.parent
    decide(reply.parent, Outcome.REJECT, Reason.REVIEWED)
    assert client.get(LIST).json()["results"] == []
    assert client.get(f"{LIST}?parent={reply.parent.pk}").status_code == 404
    answer: dict[str, Any] = {"author_name": "О", "author_email": "o@example.org", "text": "Так"}
    response = client.post(LIST, {**answer, "parent": reply.pk}, content_type="application/json")
    assert response.json()["errors"][0]["code"] == "does_not_exist"


def test_the_author_of_a_reply_is_told_why_it_is_not_shown(client: Client, reply: Comment) -> None:
    assert reply.parent
    decide(reply.parent, Outcome.REJECT, Reason.REVIEWED)
    url = f"/api/v1/submissions/{status_token(reply.pk)}/"
    fate = client.get(url, headers={"Accept-Language": "en"}).json()
    assert "was taken down" in fate["message"]
