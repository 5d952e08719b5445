"""An open page asks a small address whether there are new comments."""

import logging
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from comments.models import Article, Status
from moderation.policy.verdict import Outcome, Reason
from tests.comments.reception.rest import GOOD, post
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db

LIVE = "/api/v1/articles/mist/comments/live/"


def test_it_counts_the_published_comments(client: Client, article: Article) -> None:
    assert client.get(LIVE).json() == {"comments": 0, "is_closed": False, "poll_after": 1.5}
    decide(make_comment(article, status=Status.PENDING), Outcome.PUBLISH, Reason.CLEAN)
    make_comment(article, status=Status.HELD)
    assert client.get(LIVE).json()["comments"] == 1


def test_it_is_unchanged_until_a_comment_is_published(client: Client, article: Article) -> None:
    waiting = make_comment(article, status=Status.PENDING)
    etag = client.get(LIVE)["ETag"]
    post(client, GOOD)
    assert client.get(LIVE, headers={"If-None-Match": etag}).status_code == 304
    decide(waiting, Outcome.PUBLISH, Reason.CLEAN)
    changed = client.get(LIVE, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_it_tells_that_a_discussion_has_closed(client: Client, article: Article) -> None:
    etag = client.get(LIVE)["ETag"]
    Article.objects.filter(pk=article.pk).update(closes_at=timezone.now())
    answer = client.get(LIVE, headers={"If-None-Match": etag})
    assert answer.json()["is_closed"] is True


def test_asking_takes_one_query_and_a_proxy_may_answer_for_a_second(
    client: Client, article: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answer = client.get(LIVE)
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=1"
    assert "Accept-Language" not in answer.get("Vary", "")


def test_an_article_without_comments_may_be_watched_before_it_exists(client: Client) -> None:
    answer = client.get("/api/v1/articles/tomorrow/comments/live/")
    assert answer.json()["comments"] == 0
    assert client.get("/api/v1/sites/none/articles/tomorrow/comments/live/").status_code == 404


def test_an_operator_sets_how_often_pages_ask(
    client: Client, article: Article, settings: Any
) -> None:
    settings.LIVE_SECONDS = 0.0
    assert client.get(LIVE).json()["poll_after"] == 0


def test_a_page_that_knows_the_answer_hears_how_often_to_ask_from_now_on(
    client: Client, article: Article, settings: Any
) -> None:
    etag = client.get(LIVE)["ETag"]
    settings.LIVE_SECONDS = 30
    answer = client.get(LIVE, headers={"If-None-Match": etag})
    assert answer.json()["poll_after"] == 30


def test_the_questions_of_open_pages_do_not_fill_the_log(
    client: Client, article: Article, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "access"):
        client.get(LIVE)
        assert not caplog.records
        client.get("/api/v1/sites/none/articles/mist/comments/live/")
    assert [record.getMessage().split()[-1] for record in caplog.records] == ["404"]
