"""What a webhook does not take is sent again, later and later, and is never lost."""

import datetime as dt
import socket
import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from moderation.delivery import webhook_log, webhook_sending
from moderation.delivery.follow import follow
from moderation.delivery.models import Cursor, Endpoint, Message, MessageState
from moderation.delivery.webhook_log import store_messages
from moderation.delivery.webhook_sending import WAITS, send_again, send_to
from tests.makers import make_comment
from tests.moderation.delivery.receiver import Receiver, deliver, make_endpoint, minutes_pass
from tests.processes import Broker, database_url, wait_until, worker

pytestmark = pytest.mark.django_db


def become_due() -> None:
    Message.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1))
    Endpoint.objects.update(paused_until=None)


def test_it_is_sent_again_with_the_same_id_at_growing_intervals(receiver: Receiver) -> None:
    make_endpoint(receiver.url, "comment.created")
    receiver.status = 500
    make_comment()
    for wait in WAITS:
        deliver()
        message = Message.objects.get()
        assert message.state == MessageState.WAITING
        left = message.due_at - timezone.now()
        assert wait * 0.9 <= left <= wait * 1.1 + dt.timedelta(seconds=1)
        deliver()
        become_due()
    receiver.status = 200
    deliver()
    deliver()
    assert Message.objects.get().state == MessageState.DELIVERED
    assert len(receiver.ids) == len(WAITS) + 1
    assert len(set(receiver.ids)) == 1
    assert [each["answer"] for each in Message.objects.get().attempts] == ["500"] * 9 + ["200"]


def test_after_three_days_it_is_given_up_and_can_be_sent_again_by_hand(receiver: Receiver) -> None:
    make_endpoint(receiver.url, "comment.created")
    receiver.status = 503
    make_comment()
    for _attempt in range(len(WAITS) + 1):
        deliver()
        become_due()
    deliver()
    assert len(receiver.ids) == len(WAITS) + 1
    assert Message.objects.get().state == MessageState.FAILED
    receiver.status = 200
    assert send_again(Message.objects.all()) == 1
    deliver()
    assert Message.objects.get().state == MessageState.DELIVERED
    assert len(set(receiver.ids)) == 1


def test_one_message_that_is_refused_does_not_keep_back_the_others(receiver: Receiver) -> None:
    make_endpoint(receiver.url, "comment.created")
    receiver.status = 400
    make_comment()
    deliver()
    receiver.status = 200
    make_comment()
    deliver()
    states = list(Message.objects.order_by("pk").values_list("state", flat=True))
    assert states == [MessageState.WAITING, MessageState.DELIVERED]


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    make_endpoint(receiver.url, "comment.created")
    receiver.status, receiver.headers = 302, {"Location": receiver.url}
    make_comment()
    deliver()
    assert len(receiver.requests) == 1
    assert Message.objects.get().state == MessageState.WAITING


def test_an_endpoint_that_says_it_is_gone_is_switched_off(receiver: Receiver) -> None:
    make_endpoint(receiver.url)
    receiver.status = 410
    make_comment()
    deliver()
    deliver()
    assert len(receiver.requests) == 1
    assert not Endpoint.objects.get().active


def test_an_endpoint_that_asks_for_time_gets_it(receiver: Receiver) -> None:
    make_endpoint(receiver.url)
    receiver.status, receiver.headers = 429, {"Retry-After": "120"}
    make_comment()
    deliver()
    assert len(receiver.requests) == 1
    paused = Endpoint.objects.get().paused_until
    assert paused
    assert dt.timedelta(seconds=110) < paused - timezone.now() <= dt.timedelta(seconds=120)
    deliver()
    assert len(receiver.requests) == 1


def test_an_endpoint_that_is_slow_to_fail_does_not_keep_the_workers_busy(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_sending, "LONGEST_TIMEOUT", 0.2)
    monkeypatch.setattr(webhook_sending, "SLOW", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        make_endpoint(f"http://127.0.0.1:{silent.getsockname()[1]}/", "comment.created")
        other = make_endpoint(receiver.url, "comment.created")
        for _comment in range(3):
            make_comment()
        deliver()
    tried = [message for message in Message.objects.exclude(endpoint=other) if message.attempts]
    assert len(tried) == 1
    assert len(receiver.requests) == 3


def test_a_closed_port_is_a_failed_attempt(receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    make_endpoint(url, "comment.created")
    make_comment()
    deliver()
    assert Message.objects.get().attempts[0]["answer"] == "ConnectionRefusedError"


def test_a_worker_that_died_leaves_the_message_to_the_next(receiver: Receiver) -> None:
    endpoint = make_endpoint(receiver.url, "comment.created")
    make_comment()
    follow("webhooks", store_messages)
    Endpoint.objects.update(claimed_until=timezone.now() + dt.timedelta(seconds=30))
    assert webhook_sending.due_endpoints() == []
    send_to(endpoint.pk)
    assert receiver.requests == []
    Endpoint.objects.update(claimed_until=timezone.now() - dt.timedelta(seconds=1))
    deliver()
    assert len(receiver.requests) == 1


def test_an_event_whose_messages_were_not_stored_is_taken_again(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_endpoint(receiver.url, "comment.created")
    make_comment()

    def dies(_endpoint: Any, _found: Any) -> Any:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(webhook_log, "_purges", dies)
        with pytest.raises(RuntimeError):
            follow("webhooks", store_messages)
    assert Cursor.objects.get().position == 0
    assert not Message.objects.exists()
    deliver()
    deliver()
    assert receiver.kinds == ["comment.created"]


def test_messages_are_deleted_with_the_events(receiver: Receiver, settings: Any) -> None:
    settings.EVENTS_KEPT_DAYS = 30
    make_endpoint(receiver.url, "comment.created")
    make_comment()
    deliver()
    assert webhook_sending.drop_old_messages() == 0
    minutes_pass(31 * 24 * 60)
    assert webhook_sending.drop_old_messages() == 1


@pytest.mark.django_db(transaction=True)
def test_many_followers_at_once_store_each_message_once(receiver: Receiver) -> None:
    make_endpoint(receiver.url, "comment.created")
    comments = [make_comment().pk for _ in range(20)]

    def run() -> None:
        try:
            deliver()
        finally:
            connection.close()

    workers = [threading.Thread(target=run) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(30)
    deliver()
    assert [body["data"]["comment"]["id"] for body in receiver.bodies] == comments


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_delivers_by_itself(
    receiver: Receiver, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_endpoint(receiver.url, "comment.created", "comment.published")
    database = database_url(str(connection.settings_dict["NAME"]))
    with worker(database, WEBHOOK_PRIVATE_NETWORKS="127.0.0.0/8"):
        make_comment()
        wait_until(lambda: len(receiver.requests) == 2, seconds=30, what="the delivery")
    assert receiver.kinds == ["comment.created", "comment.published"]
