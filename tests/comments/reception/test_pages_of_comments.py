"""The pages of a discussion: they do not shift, and a link leads to a page with its comment."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from comments.models import Article, Comment, Status
from moderation.policy.verdict import Outcome, Reason
from tests.comments.reception.pages import make_old, page, post
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db


def shown(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'<article [^>]*id="comment-(\d+)"', text)]


def walk(client: Client, article: Article, query: str, rel: str = "next") -> Iterator[list[int]]:
    """The comments of each page, from one to the next."""
    while True:
        text = page(client, article, query)
        yield shown(text)
        link = re.search(rf'rel="{rel}" href="([^#"]+)', text)
        if not link:
            return
        query = link[1]


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_a_walk_through_all_pages_has_each_comment_once(
    client: Client, article: Article, order: str
) -> None:
    made = [comment.pk for comment in make_old(article, 45)]
    pages = list(walk(client, article, f"?order={order}"))
    expected = made if order == "oldest" else made[::-1]
    assert pages == [expected[:20], expected[20:40], expected[40:]]
    back = list(walk(client, article, f"?order={order}&before={expected[44]}", rel="prev"))
    assert back == [expected[24:44], expected[4:24], expected[:20]]


def test_comments_that_arrive_between_two_pages_are_not_repeated(
    client: Client, article: Article
) -> None:
    make_old(article, 25)
    first = page(client, article)
    make_comment(article)
    make_comment(article)
    link = re.search(r'rel="next" href="([^#"]+)', first)
    assert link
    assert not set(shown(first)) & set(shown(page(client, article, link[1])))


def test_a_page_after_a_comment_that_was_taken_down_is_the_same(
    client: Client, article: Article
) -> None:
    made = make_old(article, 25)
    second = shown(page(client, article, f"?after={made[5].pk}"))
    decide(made[5], Outcome.REJECT, Reason.SPAM)
    assert shown(page(client, article, f"?after={made[5].pk}")) == second


@pytest.mark.parametrize("query", ["?after=0", "?after={0}", "?before={1}"])
def test_beyond_the_ends_is_the_first_page(client: Client, article: Article, query: str) -> None:
    made = [comment.pk for comment in make_old(article, 25)]
    assert shown(page(client, article, query.format(made[0], made[-1]))) == made[:4:-1]


def test_a_link_to_a_comment_leads_to_a_page_that_has_it(client: Client, article: Article) -> None:
    made = make_old(article, 45)
    reply = make_comment(article, parent=made[2])
    text = page(client, article, f"?comment={reply.pk}")
    assert shown(text) == [made[2].pk, reply.pk, made[1].pk, made[0].pk]
    assert text.count("comment-linked") == 1
    assert f'href="?before={made[2].pk}#comments"' in text
    assert shown(page(client, article, f"?comment={made[44].pk}"))[0] == made[44].pk


def test_a_link_to_the_last_of_many_replies_shows_it(client: Client, article: Article) -> None:
    root = make_comment(article)
    replies = [make_comment(article, parent=root) for _ in range(25)]
    text = page(client, article, f"?comment={replies[24].pk}")
    assert replies[24].pk in shown(text.partition("</details>")[2])
    assert '<details class="fold" data-thread' in text
    assert "open>" not in text
    opened = page(client, article, f"?comment={replies[10].pk}")
    assert f'data-thread="{root.pk}" open>' in opened


def test_the_date_is_a_permanent_link_with_the_exact_time(client: Client, article: Article) -> None:
    comment = make_comment(article)
    text = page(client, article)
    assert f'href="/uk/articles/mist/?comment={comment.pk}#comment-{comment.pk}"' in text
    assert ">щойно</time>" in text
    assert ">щойно</time>" not in page(client, article, f"?comment={comment.pk}")


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.REJECTED])
def test_a_link_to_a_comment_that_is_not_shown_is_an_ordinary_page(
    client: Client, article: Article, status: Status
) -> None:
    other = make_comment(article)
    hidden = make_comment(article, status)
    assert shown(page(client, article, f"?comment={hidden.pk}")) == [other.pk]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("", "?"),
        ("?order=oldest", "?order=oldest&after=0&"),
        ("?order=oldest&after={0}&x=1", "?order=oldest&after={0}&"),
        ("?thread={0}", "?"),
    ],
)
def test_an_author_stays_on_the_page_from_which_a_comment_was_sent(
    client: Client, article: Article, query: str, place: str
) -> None:
    middle = make_old(article, 45)[19].pk
    was_shown = shown(page(client, article, query.format(middle).replace("thread", "none")))
    sent = post(client, article, query.format(middle))
    mine = Comment.objects.latest("pk")
    address = f"/uk/articles/mist/{place.format(middle)}comment={mine.pk}#{mine.anchor}"
    assert sent["Location"] == address
    decide(mine, Outcome.PUBLISH, Reason.CLEAN)
    is_shown = shown(page(client, article, address.partition("mist/")[2]))
    assert {mine.pk, was_shown[0]} <= set(is_shown)
