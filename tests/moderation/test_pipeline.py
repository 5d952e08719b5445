"""Pending comments are claimed in batches by one worker each, and none is lost with a worker."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment, Status
from moderation import model_registry, pipeline, tasks
from moderation.models import Decision, Heartbeat
from moderation.policy.verdict import Reason
from tests.makers import SPAM, make_article, make_comment
from tests.processes import Broker

pytestmark = pytest.mark.django_db


def pending(**over: Any) -> Comment:
    return make_comment(status=Status.PENDING, **over)


def aged(minutes: int) -> Comment:
    comment = pending()
    then = timezone.now() - dt.timedelta(minutes=minutes)
    Comment.objects.filter(pk=comment.pk).update(created_at=then)
    return comment


def test_one_task_decides_all_pending_comments() -> None:
    article = make_article()
    for _ in range(5):
        pending(article=article)
    pending(text=SPAM)
    with CaptureQueriesContext(connection) as queries:
        tasks.moderate_waiting()
    assert not Comment.objects.filter(status=Status.PENDING).exists()
    assert Decision.objects.count() == 6
    article.refresh_from_db()
    assert article.published_count == 5
    for _ in range(20):
        pending(article=article)
    with CaptureQueriesContext(connection) as more:
        tasks.moderate_waiting()
    assert len(more) <= len(queries)


def test_claimed_comments_are_left_to_their_worker_until_it_must_be_dead() -> None:
    comment = pending()
    assert [claimed.pk for claimed in pipeline.claim()] == [comment.pk]
    assert pipeline.moderate_waiting().decided == []
    Comment.objects.update(claimed_until=timezone.now())
    assert len(pipeline.moderate_waiting().decided) == 1


def one_worker_dies() -> list[int]:
    """The claim of a worker whose process died, after it expired."""
    batch = pipeline.claim()
    Comment.objects.update(claimed_until=timezone.now())
    return [comment.pk for comment in batch]


def test_a_comment_that_kills_every_worker_is_tried_alone_and_then_held() -> None:
    deadly, others = pending(), [pending().pk, pending().pk]
    for _ in range(pipeline.TIMES.claims_together):
        assert one_worker_dies() == [deadly.pk, *others]
    fresh = pending().pk
    assert one_worker_dies() == [deadly.pk]
    Comment.objects.filter(pk=deadly.pk).update(claimed_until=timezone.now() + pipeline.TIMES.claim)
    assert len(pipeline.moderate_waiting().decided) == 3
    assert not Comment.objects.filter(pk__in=[*others, fresh], status=Status.PENDING).exists()
    Comment.objects.filter(pk=deadly.pk).update(claimed_until=None)
    assert one_worker_dies() == [deadly.pk]
    [held] = pipeline.moderate_waiting().decided
    deadly.refresh_from_db()
    assert (deadly.status, deadly.reason) == (Status.HELD, Reason.UNSCORED)
    assert held.scores == {}


@pytest.mark.parametrize("ahead", [dt.timedelta(minutes=10), dt.timedelta(days=1)])
def test_a_clock_that_was_set_back_leaves_no_comment_claimed(ahead: dt.timedelta) -> None:
    comment = make_comment(status=Status.PENDING)
    Comment.objects.update(claimed_until=timezone.now() + ahead, claims=1)
    call_command("moderate_pending")
    comment.refresh_from_db()
    assert comment.status == Status.PUBLISHED


def test_the_longest_claim_is_respected() -> None:
    make_comment(status=Status.PENDING)
    Comment.objects.update(claimed_until=timezone.now() + pipeline.TIMES.claim_of_unscored)
    assert pipeline.claim() == []


def test_a_claim_that_ended_in_an_error_does_not_count_as_a_killed_worker(no_model: None) -> None:
    comment = pending()
    for _ in range(pipeline.TIMES.claims + 1):
        assert pipeline.moderate_waiting().unscored == [comment]
        Comment.objects.update(claimed_until=None)


def test_without_a_model_a_failed_batch_is_retried_one_by_one(
    no_model: None, broker: Broker
) -> None:
    comments = [pending(), pending()]
    tasks.moderate_waiting()
    assert broker.waiting() == 2
    assert f"[[{comments[0].pk}]" in broker.next_body()
    assert Comment.objects.filter(status=Status.PENDING).count() == 2


def test_without_a_model_the_sweep_holds_comments_older_than_an_hour(no_model: None) -> None:
    old, new = aged(61), aged(30)
    finished = pipeline.sweep()
    assert (len(finished.decided), finished.unscored) == (1, [new])
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, old.reason) == (Status.HELD, Reason.UNSCORED)
    assert new.status == Status.PENDING


def test_the_text_of_a_comment_is_not_in_the_log(
    no_model: None, caplog: pytest.LogCaptureFixture
) -> None:
    comment = make_comment(status=Status.PENDING, text="Цього в журналі бути не може")
    pipeline.sweep()
    assert f"comments [{comment.pk}] could not be scored" in caplog.text
    assert "журналі" not in caplog.text


def test_every_sweep_records_a_heartbeat() -> None:
    pipeline.sweep()
    pipeline.sweep()
    beat = Heartbeat.objects.get()
    assert timezone.now() - beat.seen_at < dt.timedelta(seconds=5)
    assert beat.model_version == model_registry.for_site().version


@pytest.mark.parametrize("task", [tasks.moderate_waiting, tasks.sweep])
def test_a_task_over_its_limit_requests_another(
    task: Any, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 2)
    monkeypatch.setattr(pipeline, "BATCHES", 1)
    for _ in range(3):
        pending()
    task()
    assert Comment.objects.filter(status=Status.PENDING).count() == 1
    assert broker.waiting() == 1
    task()
    task()
    assert not Comment.objects.filter(status=Status.PENDING).exists()
