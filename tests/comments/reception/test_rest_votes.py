"""A frontend sends readers' votes by REST, and lists the most useful comments first."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from limits import parse_many

from comments.models import Article, Comment, Status, Vote, VoteCount
from comments.votes import set_vote
from tests.makers import make_comment

pytestmark = pytest.mark.django_db

SECRET = "s" * 36
LIST = "/api/v1/articles/mist/comments/"


def vote(
    client: Client, comment: Comment, useful: object = True, secret: str = SECRET, **extra: Any
) -> Any:
    sent = {"useful": useful, "author_secret": secret}
    address = f"{LIST}{comment.pk}/vote/"
    return client.put(address, sent, content_type="application/json", **extra)


def give(comment: Comment, count: int) -> None:
    for number in range(count):
        set_vote(comment=comment, voter_key=f"{comment.pk} {number}", useful=True)


def useful(client: Client, **query: Any) -> Any:
    return client.get(LIST, {"order": "useful", **query})


def ids(answer: Any) -> list[int]:
    return [each["id"] for each in answer.json()["results"]]


def test_a_browser_has_one_vote_for_a_comment_and_can_take_it_back(
    client: Client, article: Article
) -> None:
    comment = make_comment(article)
    first, again = vote(client, comment), vote(client, comment)
    expected = {"comment_id": comment.pk, "useful": True, "votes": 1}
    assert (first.status_code, first.json(), again.json()) == (200, expected, expected)
    assert vote(client, comment, secret="t" * 36).json()["votes"] == 2
    for _ in range(2):
        assert vote(client, comment, useful=False).json()["votes"] == 1
    assert (Vote.objects.count(), VoteCount.objects.get().votes) == (1, 1)


def test_a_vote_changes_neither_the_comment_nor_the_list(client: Client, article: Article) -> None:
    comment = make_comment(article)
    etag = client.get(LIST)["ETag"]
    before = Comment.objects.values().get(pk=comment.pk)
    known = Article.objects.values().get(pk=article.pk)
    vote(client, comment)
    assert Comment.objects.values().get(pk=comment.pk) == before
    assert Article.objects.values().get(pk=article.pk) == known
    assert client.get(LIST, headers={"If-None-Match": etag}).status_code == 304


def test_votes_are_read_for_many_comments_at_once(client: Client, article: Article) -> None:
    one, other, held = (
        make_comment(article),
        make_comment(article),
        make_comment(article, Status.HELD),
    )
    give(one, 3)
    give(held, 1)
    asked = f"{LIST}votes/?ids={one.pk},{other.pk},{held.pk}"
    answer = client.get(asked)
    assert answer.json() == {"votes": {str(one.pk): 3, str(other.pk): 0, str(held.pk): 0}}
    known = {"If-None-Match": answer["ETag"]}
    assert client.get(asked, headers=known).status_code == 304
    give(other, 1)
    assert client.get(asked, headers=known).status_code == 200


@pytest.mark.parametrize("sent", ["", "?ids=", "?ids=a", "?ids=" + ",".join(map(str, range(201)))])
def test_wrong_ids_are_refused(client: Client, article: Article, sent: str) -> None:
    assert client.get(f"{LIST}votes/{sent}").status_code == 400


@pytest.mark.parametrize("status", [Status.HELD, Status.PENDING, Status.REJECTED])
def test_only_comments_that_readers_see_have_votes(
    client: Client, article: Article, status: Status
) -> None:
    assert vote(client, make_comment(article, status)).status_code == 404
    assert vote(client, Comment(pk=10**9)).status_code == 404


def test_nobody_votes_for_their_own_comment(client: Client, article: Article) -> None:
    answer = vote(client, make_comment(article, secret=SECRET))
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:comments:problem:own-comment")
    assert not VoteCount.objects.exists()


def test_a_vote_without_a_value_or_a_secret_is_refused(client: Client, article: Article) -> None:
    comment = make_comment(article)
    assert vote(client, comment, useful="perhaps").status_code == 400
    assert vote(client, comment, secret="short").status_code == 400


def test_votes_are_throttled(client: Client, article: Article, settings: Any) -> None:
    settings.THROTTLES = True
    settings.THROTTLE_AUTHOR = parse_many("1/minute")
    comment = make_comment(article)
    answers = [vote(client, comment).status_code for _ in range(7)]
    assert answers == [200] * 6 + [429]


def test_a_network_with_new_secrets_has_few_votes_for_a_comment(
    client: Client, article: Article, settings: Any
) -> None:
    settings.THROTTLES = True
    settings.THROTTLE_ADDRESS = settings.THROTTLE_SITE = parse_many("1000/minute")
    comment, there = make_comment(article), {"REMOTE_ADDR": "198.51.100.9"}
    answers = [vote(client, comment, secret=f"{n:036}", **there).status_code for n in range(21)]
    assert answers == [200] * 20 + [429]
    assert VoteCount.objects.get().votes == 20


def test_the_most_useful_comments_come_first_then_the_newest(
    client: Client, article: Article
) -> None:
    first, second, third, fourth = (make_comment(article) for _ in range(4))
    give(second, 3)
    give(first, 1)
    set_vote(comment=third, voter_key="x", useful=True)
    set_vote(comment=third, voter_key="x", useful=False)
    answer = useful(client)
    assert ids(answer) == [second.pk, first.pk, fourth.pk, third.pk]
    known = {"If-None-Match": answer["ETag"]}
    assert client.get(f"{LIST}?order=useful", headers=known).status_code == 304
    give(third, 4)
    assert ids(client.get(f"{LIST}?order=useful", headers=known))[0] == third.pk


def test_pages_of_the_useful_do_not_shift_when_votes_change(
    client: Client, article: Article
) -> None:
    comments = [make_comment(article) for _ in range(5)]
    for number, comment in enumerate(comments):
        give(comment, number)
    first = useful(client, limit=2)
    assert ids(first) == [comments[4].pk, comments[3].pk]
    give(comments[3], 6)
    link = urlsplit(first.json()["next"])
    second = client.get(f"{link.path}?{link.query}")
    assert ids(second) == [comments[2].pk, comments[1].pk]
    link = urlsplit(second.json()["next"])
    last = client.get(f"{link.path}?{link.query}")
    assert (ids(last), last.json()["next"]) == ([comments[0].pk], None)
    link = urlsplit(last.json()["previous"])
    assert ids(client.get(f"{link.path}?{link.query}")) == [comments[2].pk, comments[1].pk]


@pytest.mark.parametrize("cursor", ["x", "after-1", "after-x.1", "from-1.1", "after-1.99999999999"])
def test_a_cursor_of_another_list_is_refused(client: Client, article: Article, cursor: str) -> None:
    make_comment(article)
    assert useful(client, cursor=cursor).status_code == 404


def test_an_article_without_comments_has_an_empty_list(client: Client) -> None:
    assert useful(client).json() == {"next": None, "previous": None, "results": []}
