"""A comment by REST, and the link to its status."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.identity import status_token
from comments.models import Article, Comment, Contact, Status
from tests.comments.reception.rest import GOOD, errors, post
from tests.makers import make_comment

pytestmark = pytest.mark.django_db


def test_a_comment_is_accepted_with_a_link_to_its_status(client: Client, article: Article) -> None:
    response = post(client, GOOD)
    assert response.status_code == 202
    answer = response.json()
    comment = Comment.objects.get()
    assert (answer["id"], answer["status"], answer["reason"]) == (comment.pk, "pending", "")
    submission = client.get(answer["status_url"]).json()
    assert submission["status"] == "pending"
    assert Contact.objects.get().email == "olena@example.org"


def test_no_cache_may_store_the_status_of_a_comment(client: Client, article: Article) -> None:
    submission = client.get(post(client, GOOD).json()["status_url"])
    assert "no-store" in submission["Cache-Control"]
    assert "private" in submission["Cache-Control"]


def test_submitting_a_comment_takes_few_queries_and_a_duplicate_one_more(
    client: Client, article: Article
) -> None:
    sent = {**GOOD, "author_secret": "of-her-browser-and-of-nobody-else"}
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert post(client, sent).status_code == 202
        counts.append(len(asked))
    # The article, the transaction, and four rows: comment, contact, revision, event. A repeat reads
    # the first one instead.
    assert counts == [7, 6]


def test_the_answer_to_a_comment_never_contains_the_e_mail(
    client: Client, article: Article
) -> None:
    response = post(client, GOOD)
    assert "olena@" not in response.content.decode()
    assert "olena@" not in client.get(response.json()["status_url"]).content.decode()


def test_an_emoji_is_accepted_as_a_comment(client: Client, article: Article) -> None:
    assert post(client, {**GOOD, "text": "👍👍"}).status_code == 202


def test_the_status_of_a_comment_has_a_reason_and_a_message(client: Client) -> None:
    comment = make_comment(status=Status.REJECTED)
    url = f"/api/v1/submissions/{status_token(comment.pk)}/"
    submission = client.get(url, headers={"Accept-Language": "en"}).json()
    assert (submission["status"], submission["reason"]) == ("rejected", "spam")
    assert submission["message"].startswith(
        "Your comment is not published: it looks like advertising"
    )


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.REJECTED])
def test_only_a_published_comment_can_be_replied_to(
    client: Client, article: Article, status: Status
) -> None:
    hidden = make_comment(article, status=status)
    assert errors(post(client, {**GOOD, "parent": hidden.pk})) == {"#/parent": "does_not_exist"}


def test_a_comment_of_another_article_cannot_be_replied_to(
    client: Client, article: Article
) -> None:
    other_article_comment = make_comment()
    assert errors(post(client, {**GOOD, "parent": other_article_comment.pk})) == {
        "#/parent": "does_not_exist"
    }
