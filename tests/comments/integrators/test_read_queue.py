"""A program reads the queue, any comment of its site, and the policy."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from comments.models import Article, Comment, KeyScope, Status
from moderation.models import RejectionReason, Report
from moderation.services import moderate
from tests.makers import make_article, make_comment, set_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(program: Callable[..., Client]) -> Client:
    return program(KeyScope.READ)


def held(article: Article, **over: Any) -> Comment:
    return make_comment(article, status=Status.HELD, **over)


def test_the_queue_lists_held_comments_the_oldest_first(reader: Client, article: Article) -> None:
    first, second = held(article), held(article)
    for status in (Status.PENDING, Status.PUBLISHED, Status.REJECTED):
        make_comment(article, status=status)
    page = reader.get("/api/v1/queue/").json()
    assert [row["id"] for row in page["results"]] == [first.pk, second.pk]
    newest = reader.get("/api/v1/queue/?order=newest").json()
    assert [row["id"] for row in newest["results"]] == [second.pk, first.pk]


def test_a_row_has_what_a_decision_needs_and_no_contact(reader: Client, article: Article) -> None:
    comment = held(article, author_email="hidden@example.org", address="203.0.113.7")
    Report.objects.create(comment=comment, reason="insult", reporter_key="k", network_key="n")
    answer = reader.get("/api/v1/queue/")
    (row,) = answer.json()["results"]
    assert (
        row.items()
        >= {
            "id": comment.pk,
            "version": comment.version,
            "status": "held",
            "reason": "toxicity",
            "text": comment.text,
            "reports": 1,
            "article": {"key": "mist", "title": article.title, "url": "https://news.example/mist"},
        }.items()
    )
    for secret in ("hidden@", "203.0.113", comment.author_key, comment.writer_key):
        assert secret not in answer.content.decode()
    assert reader.get(f"/api/v1/comments/{comment.pk}/").json() == row


def test_scores_and_risk_are_those_of_the_automatic_decision(
    reader: Client, article: Article
) -> None:
    comment = make_comment(article, status=Status.PENDING)
    before = reader.get(f"/api/v1/comments/{comment.pk}/").json()
    assert (before["scores"], before["risk"], before["status"]) == ({}, None, "pending")
    moderate(comment_id=comment.pk)
    row = reader.get(f"/api/v1/comments/{comment.pk}/").json()
    assert set(row["scores"]) == {"spam", "toxicity"}
    assert row["risk"] == pytest.approx(max(row["scores"].values()), abs=0.001)


def test_cursor_pages_show_each_comment_once_in_a_constant_number_of_queries(
    reader: Client, article: Article, django_assert_max_num_queries: Any
) -> None:
    ids = [held(article).pk for _ in range(25)]
    url, seen = "/api/v1/queue/?limit=10", []
    while url:
        with django_assert_max_num_queries(5):
            page = reader.get(url).json()
        seen += [row["id"] for row in page["results"]]
        url = page["next"]
    assert seen == ids


def test_the_queue_of_one_article(reader: Client, article: Article) -> None:
    held(make_article(key="park"))
    comment = held(article)
    found = reader.get("/api/v1/queue/?article=mist").json()["results"]
    assert [row["id"] for row in found] == [comment.pk]


@pytest.mark.parametrize(
    "query",
    [
        *("queue/?order=risk", "queue/?limit=0", "queue/?limit=x", "queue/?article=a/b"),
        *("decisions/?limit=101", "decisions/?comment=x", "decisions/?comment=0"),
        *("events/?after=-1", "events/?limit=1001", "events/?after=x&limit=y"),
    ],
)
def test_wrong_parameters_are_reported(reader: Client, query: str) -> None:
    answer = reader.get(f"/api/v1/{query}")
    assert answer.status_code == 400
    assert len(answer.json()["errors"]) == query.count("=")


@pytest.mark.parametrize("path", ["queue/?cursor=x", "decisions/?cursor=cD14", "comments/999999/"])
def test_what_is_missing_is_named(reader: Client, path: str) -> None:
    answer = reader.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    kinds = ("no-page", "no-comment")
    assert answer.json()["type"].removeprefix("urn:comments:problem:") in kinds


def test_the_policy_has_the_thresholds_in_force_and_the_reasons_on_offer(
    reader: Client, article: Article
) -> None:
    set_policy(spam_hold_at=0.25, banned_words="дурень\n\nбовдур*", max_links=1)
    policy = reader.get("/api/v1/policy/").json()
    assert policy["thresholds"]["spam"]["hold_at"] == 0.25
    assert 0 < policy["thresholds"]["toxicity"]["reject_at"] <= 1
    assert (policy["banned_words"], policy["max_links"]) == (["дурень", "бовдур*"], 1)
    assert {"value": "spam", "name": "spam"} in policy["rejection_reasons"]
    own = RejectionReason.objects.create(site_id="main", code="off_topic", name_uk="Не про те")
    offered = reader.get("/api/v1/policy/").json()["rejection_reasons"]
    assert offered == [{"value": f"own-{own.pk}", "name": "Не про те"}]
