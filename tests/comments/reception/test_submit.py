"""submit_comment: the row is the queue, with or without the broker."""

import logging
import socket
import time
from unittest.mock import Mock, patch

import pytest
from django.core import signing

from comments.identity import author_key, comment_id, status_token
from comments.models import Comment, Contact, Status
from comments.reception.services import submit_comment
from moderation import tasks
from tests.makers import make_article, make_comment, make_draft
from tests.processes import Broker, wait_until


@pytest.mark.django_db(transaction=True)
def test_a_comment_is_pending_and_its_content_is_not_sent_to_the_broker(broker: Broker) -> None:
    draft = make_draft(text="Таємний текст", author_email="tayemna@example.org")
    submit_comment(article=make_article(), draft=draft)
    assert Comment.objects.get().status == Status.PENDING
    wait_until(broker.waiting, what="the message to the workers")
    assert "[[], {}" in broker.next_body()
    assert "tayemna" not in broker.next_message()
    assert "Таємний" not in broker.next_message()


@pytest.mark.django_db(transaction=True)
def test_many_comments_at_once_cause_few_messages(broker: Broker) -> None:
    article = make_article()
    started = time.monotonic()
    for _ in range(30):
        make_comment(article, Status.PENDING)
    most = 2 + (time.monotonic() - started) / tasks.TIMES.notify_every
    wait_until(broker.waiting, what="the message to the workers")
    tasks.notifier.stop()
    assert broker.waiting() <= most


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_closed_the_row_waits_until_the_broker_is_back(
    broker: Broker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.notifier, "_retry_interval", 0.2)
    with broker.closed(), caplog.at_level(logging.WARNING):
        started = time.monotonic()
        make_comment(status=Status.PENDING)
        assert time.monotonic() - started < 0.3
        wait_until(lambda: "broker unavailable" in caplog.text, what="a line in the log")
    assert Comment.objects.get().status == Status.PENDING
    wait_until(broker.waiting, what="the message to the workers")


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_hung_no_reader_waits_for_it(broker: Broker) -> None:
    article = make_article()
    make_comment(article)
    with broker.hung():
        started = time.monotonic()
        for _ in range(5):
            make_comment(article, Status.PENDING)
        assert time.monotonic() - started < 0.4
    assert Comment.objects.filter(status=Status.PENDING).count() == 5


@pytest.mark.django_db(transaction=True)
def test_an_unavailable_broker_is_not_used_for_a_while(
    broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    article = make_article()
    with broker.closed(), caplog.at_level(logging.WARNING):
        for _ in range(3):
            make_comment(article, Status.PENDING)
            time.sleep(2 * tasks.TIMES.notify_every)
    assert caplog.text.count("broker unavailable") == 1


@pytest.mark.django_db(transaction=True)
def test_the_row_waits_whatever_error_the_broker_raises(
    broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    with broker.closed():
        wrong = Mock(side_effect=ValueError("a strange answer"))
        with patch.object(socket.socket, "connect", wrong):
            make_comment(status=Status.PENDING)
            wait_until(lambda: "broker unavailable" in caplog.text, what="a line in the log")
    assert Comment.objects.get().status == Status.PENDING


@pytest.mark.django_db
def test_a_reply_to_a_reply_joins_the_same_thread() -> None:
    root = make_comment()
    reply = make_comment(root.article, parent=root)
    answer = make_comment(root.article, parent=reply)
    assert (reply.parent, answer.parent) == (root, root)


@pytest.mark.django_db
def test_the_e_mail_is_stored_in_the_contact_only() -> None:
    comment = make_comment(author_email="Olena@Example.org")
    assert Contact.objects.get(comment=comment).email == "Olena@Example.org"
    row = Comment.objects.filter(pk=comment.pk).values().get()
    assert "example.org" not in str(row).lower()
    assert row["author_key"] == author_key(" olena@example.org ", "main")


def test_a_status_token_can_be_read_and_a_forged_one_cannot() -> None:
    assert comment_id(status_token(17)) == 17
    with pytest.raises(signing.BadSignature):
        comment_id(status_token(17) + "x")
