"""A task at its time limit releases its comments for the next one."""

import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

import psycopg
import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.utils import timezone

from comments.models import Comment, Status
from moderation import pipeline, tasks
from moderation.classifier import Classifier
from moderation.policy.verdict import Reason
from tests.makers import make_comment
from tests.processes import Broker, database_url, wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hung_scorer(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run out of time before answering, by a signal as Celery sends it."""

    def over(*_: Any) -> NoReturn:
        raise SoftTimeLimitExceeded

    def hang(*_: Any) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        time.sleep(60)

    before = signal.signal(signal.SIGALRM, over)
    monkeypatch.setattr(Classifier, "score", hang)
    yield
    signal.signal(signal.SIGALRM, before)


def test_claimed_comments_are_released_at_once_and_another_task_is_requested(
    hung_scorer: None, broker: Broker
) -> None:
    comments = [make_comment(status=Status.PENDING) for _ in range(2)]
    tasks.notifier.stop()
    broker.wipe()
    tasks.moderate_waiting()
    assert broker.waiting() == 1
    assert (
        list(Comment.objects.unclaimed(timezone.now(), pipeline.TIMES.claim_of_unscored))
        == comments
    )


def test_a_comment_that_uses_up_every_tasks_time_is_finally_held(hung_scorer: None) -> None:
    comment = make_comment(status=Status.PENDING)
    for _ in range(pipeline.TIMES.claims):
        assert pipeline.moderate_waiting().more
    pipeline.moderate_waiting()
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.HELD, Reason.UNSCORED)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite locks no single row")
def test_a_worker_blocked_by_a_lock_survives_and_decides_afterwards(
    broker: Broker, capfd: pytest.CaptureFixture[str]
) -> None:
    comment = make_comment(status=Status.PENDING)
    name = str(connection.settings_dict["NAME"])
    with worker(database_url(name), TASK_SECONDS="3"):
        with psycopg.connect(**connection.get_connection_params() | {"dbname": name}) as other:
            other.execute("SELECT 1 FROM comments_article FOR UPDATE")
            tried_twice = Comment.objects.filter(claims=2).exists
            wait_until(tried_twice, seconds=20, what="the second task")
        decided = Comment.objects.exclude(status=Status.PENDING).exists
        wait_until(decided, seconds=10, what="the verdict")
    assert comment.decisions.get().scores
    log = capfd.readouterr().err
    assert f"comments [{comment.pk}] were not scored within TASK_SECONDS" in log
    assert "Hard time limit" not in log


def test_a_task_that_has_used_half_of_its_time_leaves_further_batches_to_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(3):
        make_comment(status=Status.PENDING)
    monkeypatch.setattr(pipeline, "BATCH", 1)
    monkeypatch.setattr(pipeline, "TIMES", replace(pipeline.TIMES, task_seconds=0))
    finished = pipeline.moderate_waiting()
    assert len(finished.decided) == 1
    assert finished.more
