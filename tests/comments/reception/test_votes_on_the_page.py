"""Readers vote on the article page without JavaScript, and read the most useful comments first."""

import re
from typing import Any

import pytest
from django.test import Client
from limits import parse_many

from comments.models import Article, Comment, Status, VoteCount
from comments.votes import set_vote
from tests.comments.reception.pages import browser, page
from tests.makers import make_comment

pytestmark = pytest.mark.django_db


def buttons(shown: str) -> list[tuple[str, str]]:
    """The address and the value of each button to vote."""
    found = re.findall(r'formaction="([^"]*)" name="useful" value="(.)"', shown)
    return [(address.partition("?")[0], value) for address, value in found]


def press(reader: Client, comment: Comment, value: str = "1", query: str = "") -> Any:
    address = f"{comment.article.get_absolute_url()}comments/{comment.pk}/vote/{query}"
    return reader.post(address, {"useful": value})


def give(comment: Comment, count: int) -> None:
    for number in range(count):
        set_vote(comment=comment, voter_key=f"{comment.pk} {number}", useful=True)


def test_a_reader_votes_and_takes_the_vote_back(article: Article) -> None:
    comment, reader = make_comment(article), browser(article)
    address = f"{article.get_absolute_url()}comments/{comment.pk}/vote/"
    assert buttons(page(reader, article)) == [(address, "1")]
    answer = press(reader, comment)
    assert answer.status_code == 302
    assert answer["Location"] == f"/uk/articles/mist/?comment={comment.pk}#comment-{comment.pk}"
    assert VoteCount.objects.get().votes == 1
    assert buttons(page(reader, article)) == [(address, "0")]
    assert buttons(page(browser(article), article)) == [(address, "1")]
    press(reader, comment, "0")
    assert buttons(page(reader, article)) == [(address, "1")]
    assert VoteCount.objects.get().votes == 0


def test_the_vote_leads_back_to_the_page_that_the_reader_saw(article: Article) -> None:
    comment, reader = make_comment(article), browser(article)
    answer = press(reader, comment, query="?order=useful&after=5.1&reply_to=3&next=//evil.example")
    place = f"?order=useful&after=5.1&comment={comment.pk}#comment-{comment.pk}"
    assert answer["Location"] == f"/uk/articles/mist/{place}"


def test_the_page_has_the_most_useful_first(article: Article) -> None:
    first, second, third = (make_comment(article) for _ in range(3))
    give(first, 2)
    give(second, 1)
    shown = Client().get(f"{article.get_absolute_url()}?order=useful").content.decode()
    numbers = list(map(int, re.findall(r'<article class="comment[^>]*id="comment-(\d+)"', shown)))
    assert numbers == [first.pk, second.pk, third.pk]
    assert re.search(r'aria-current="true">Найкорисніші', shown)


def test_a_page_of_the_most_useful_continues_where_the_last_ended(article: Article) -> None:
    comments = [make_comment(article) for _ in range(22)]
    for comment in comments:
        give(comment, 2)
    address = f"{article.get_absolute_url()}?order=useful"
    shown = Client().get(address).content.decode()
    after = re.search(r'rel="next" href="([^"]*)#', shown)
    assert after
    give(comments[2], 5)
    link = f"{article.get_absolute_url()}{after[1].replace('&amp;', '&')}"
    rest = Client().get(link).content.decode()
    numbers = set(map(int, re.findall(r'id="comment-(\d+)"', rest)))
    assert numbers == {comments[1].pk, comments[0].pk}


def test_a_link_to_a_comment_opens_its_page_of_the_most_useful(article: Article) -> None:
    comments = [make_comment(article) for _ in range(22)]
    for comment in comments[1:]:
        give(comment, 1)
    address = f"{article.get_absolute_url()}?order=useful&comment={comments[0].pk}"
    assert f'id="comment-{comments[0].pk}"' in Client().get(address).content.decode()


def test_a_refused_vote_is_explained_on_a_page(article: Article, settings: Any) -> None:
    held, shown, reader = (
        make_comment(article, Status.HELD),
        make_comment(article),
        browser(article),
    )
    assert press(reader, held).status_code == 404
    settings.THROTTLES = True
    settings.THROTTLE_AUTHOR = parse_many("1/minute")
    answers = [press(reader, shown) for _ in range(7)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert "Ви голосуєте швидше" in answers[-1].content.decode()


def test_only_the_form_can_vote(article: Article) -> None:
    comment = make_comment(article)
    foreign = Client(enforce_csrf_checks=True)
    assert press(foreign, comment).status_code == 403
    assert (
        foreign.get(f"{article.get_absolute_url()}comments/{comment.pk}/vote/").status_code == 405
    )
    assert not VoteCount.objects.exists()
