"""The whole pipeline with real parts: web, broker, Celery worker, model, database."""

import time
from typing import Any

import httpx
import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment, Status
from moderation import tasks
from tests.makers import make_article, make_comment
from tests.processes import Broker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
CIVIL = "Добре, що про це написали. Чи відомо, коли відкриють рух мостом?"
SPAM = (
    "Заробіток від 5000 грн на день без вкладень! Пиши @zarobitok_legko https://zarobitok.example"
)


def decided() -> bool:
    return not Comment.objects.filter(status=Status.PENDING).exists()


def test_a_comment_by_form_and_one_by_rest_are_decided_by_the_worker(
    client: Client, live_server: LiveServer, running_worker: None
) -> None:
    article = make_article(key="mist")
    fields = {"author_name": "Олена", "author_email": "olena@example.org"}
    by_form = client.post(article.get_absolute_url(), {**fields, "text": CIVIL})
    assert by_form.status_code == 302
    by_rest = httpx.post(
        f"{live_server.url}/api/v1/articles/mist/comments/", json={**fields, "text": SPAM}
    )
    assert by_rest.status_code == 202
    wait_until(decided, seconds=20, what="the worker's decision")

    assert Comment.objects.get(text=CIVIL).status == Status.PUBLISHED
    assert CIVIL in client.get(article.get_absolute_url()).content.decode()
    fate = httpx.get(by_rest.json()["status_url"]).json()
    assert fate["status"] in {"held", "rejected"}
    assert fate["reason"] == "spam"
    listed = httpx.get(f"{live_server.url}/api/v1/articles/mist/comments/").json()["results"]
    assert [row["text"] for row in listed] == [CIVIL]


def test_comments_left_pending_without_a_broker_are_decided_when_a_worker_starts(
    broker: Broker, request: pytest.FixtureRequest
) -> None:
    with broker.closed():
        make_comment(status=Status.PENDING)
    assert not decided()
    request.getfixturevalue("running_worker")
    wait_until(decided, seconds=20, what="the sweep")
    assert Comment.objects.get().decisions.count() == 1


def test_wiping_the_broker_loses_no_comment(broker: Broker, request: pytest.FixtureRequest) -> None:
    make_comment(status=Status.PENDING)
    broker.wipe()
    request.getfixturevalue("running_worker")
    wait_until(decided, seconds=20, what="the sweep")


@pytest.mark.one_database
def test_a_worker_continues_after_its_broker_has_hung_during_work(
    broker: Broker, request: pytest.FixtureRequest, settings: Any
) -> None:
    article = make_article()
    comments = [make_comment(article, Status.PENDING) for _ in range(200)]
    tasks.notifier.stop()
    broker.wipe()
    for comment in comments:
        tasks.moderate_comment.delay(comment.pk)
    request.getfixturevalue("running_worker")
    pending = Comment.objects.filter(status=Status.PENDING)
    wait_until(lambda: pending.count() <= 170, seconds=20, what="the first decisions")
    for _ in range(3):
        with broker.hung():
            time.sleep(1.5)
        time.sleep(0.2)
    # A comment whose message was lost with a connection waits for the next sweep.
    longest = settings.SWEEP_EVERY + 10
    wait_until(lambda: broker.waiting() == 0 and decided(), seconds=longest, what="the rest")


def test_a_task_queued_three_times_decides_once(
    broker: Broker, request: pytest.FixtureRequest
) -> None:
    comment = make_comment(status=Status.PENDING)
    wait_until(broker.waiting, what="the message to the workers")
    broker.repeat_next(times=2)
    request.getfixturevalue("running_worker")
    wait_until(lambda: broker.waiting() == 0 and decided(), seconds=20, what="all three tasks")
    assert comment.decisions.count() == 1
