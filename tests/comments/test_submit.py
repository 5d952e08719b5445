"""The one way in: the row is the queue, whatever becomes of the broker."""

import logging
import socket
import time
from unittest.mock import Mock

import pytest
from django.core import signing

from comments.identity import author_key, comment_id, status_token
from comments.models import Comment, Contact, Status
from comments.services import submit_comment
from moderation import tasks
from moderation.tasks import broker_rest
from tests.makers import make_article, make_comment, make_draft
from tests.processes import Broker


@pytest.mark.django_db(transaction=True)
def test_a_comment_is_pending_and_its_id_alone_goes_to_the_broker(broker: Broker) -> None:
    draft = make_draft(text="Таємний текст", author_email="tayemna@example.org")
    comment = submit_comment(article=make_article(), draft=draft)
    assert Comment.objects.get().status == Status.PENDING
    assert broker.waiting() == 1
    assert f"[[{comment.pk}]" in broker.next_body()
    assert "tayemna" not in broker.next_message()
    assert "Таємний" not in broker.next_message()


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_closed_the_row_waits(
    broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    with broker.closed(), caplog.at_level(logging.WARNING):
        started = time.monotonic()
        comment = make_comment(status=Status.PENDING)
        assert time.monotonic() - started < 1
    assert Comment.objects.get().status == Status.PENDING
    assert f"comment {comment.pk} waits for the sweep" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_with_the_broker_hung_the_row_waits(broker: Broker) -> None:
    with broker.hung():
        started = time.monotonic()
        make_comment(status=Status.PENDING)
        assert time.monotonic() - started < 1
    assert Comment.objects.get().status == Status.PENDING


@pytest.mark.django_db(transaction=True)
def test_a_hung_broker_is_asked_once_and_then_left_alone_for_a_while(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article()
    with broker.hung():
        started = time.monotonic()
        for _ in range(5):
            make_comment(article, Status.PENDING)
        assert time.monotonic() - started < 1
    heard = broker.waiting()
    make_comment(article, Status.PENDING)
    assert broker.waiting() == heard
    monkeypatch.setattr(tasks, "BROKER_REST", 0)
    broker_rest.begin()
    make_comment(article, Status.PENDING)
    make_comment(article, Status.PENDING)
    assert broker.waiting() == heard + 2


@pytest.mark.django_db(transaction=True)
def test_whatever_the_way_to_the_broker_throws_the_row_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket.socket, "connect", Mock(side_effect=ValueError))
    make_comment(status=Status.PENDING)
    assert Comment.objects.get().status == Status.PENDING


@pytest.mark.django_db
def test_a_reply_to_a_reply_joins_the_same_thread() -> None:
    root = make_comment()
    reply = make_comment(root.article, parent=root)
    answer = make_comment(root.article, parent=reply)
    assert (reply.parent, answer.parent) == (root, root)


@pytest.mark.django_db
def test_the_email_lives_in_the_contact_and_nowhere_else() -> None:
    comment = make_comment(author_email="Olena@Example.org")
    assert Contact.objects.get(comment=comment).email == "Olena@Example.org"
    row = Comment.objects.filter(pk=comment.pk).values().get()
    assert "example.org" not in str(row).lower()
    assert row["author_key"] == author_key(" olena@example.org ")


def test_a_status_token_is_read_back_and_a_forged_one_is_not() -> None:
    assert comment_id(status_token(17)) == 17
    with pytest.raises(signing.BadSignature):
        comment_id(status_token(17) + "x")
