"""E-mails wait for a mail server that fails, and none is sent twice, whoever dies when."""

import datetime as dt
import smtplib
import socket
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from comments.models import Comment
from moderation.accounts.roles import Role
from moderation.delivery import mail_sending, smtp
from moderation.delivery.models import Lane, Mail, MailKind, MailState
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide
from tests.moderation.delivery.mailbox import Mailbox, post, send
from tests.moderation.desk.desks import signed_in_as, signed_in_as_superuser
from tests.processes import Broker, database_url, wait_until, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(mailbox: Mailbox) -> Comment:
    comment = post()
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    return comment


def state() -> str:
    return str(Mail.objects.get(kind=MailKind.DECISION).state)


def become_due() -> None:
    Mail.objects.update(due_at=timezone.now() - dt.timedelta(seconds=1))
    Lane.objects.update(paused_until=None)


def test_while_the_server_is_down_the_mail_waits_and_nothing_counts(
    mailbox: Mailbox, published: Comment, settings: Any
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings.EMAIL_PORT = port
    for _attempt in range(20):
        send()
        become_due()
    assert state() == MailState.WAITING
    settings.EMAIL_PORT = mailbox.port
    send()
    assert len(mailbox.letters) == 1


def test_a_server_that_is_down_is_left_alone_for_a_minute(
    mailbox: Mailbox, published: Comment, settings: Any
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings.EMAIL_PORT = port
    send()
    assert not mail_sending.is_due()
    settings.EMAIL_PORT = mailbox.port
    send()
    assert mailbox.letters == []


@pytest.mark.parametrize("step", ["answer_to_recipient", "answer_to_content"])
def test_what_the_server_puts_off_is_sent_later(
    mailbox: Mailbox, published: Comment, step: str
) -> None:
    setattr(mailbox, step, "451 try again later")
    send()
    mail = Mail.objects.get(kind=MailKind.DECISION)
    assert (mail.state, mail.answer) == (MailState.WAITING, "451")
    assert mail.due_at - timezone.now() > mail_sending.WAITS[0] * 0.9
    setattr(mailbox, step, "250 OK")
    send()
    assert mailbox.letters == []
    become_due()
    send()
    assert len(mailbox.letters) == 1


def test_what_is_put_off_too_often_is_given_up(mailbox: Mailbox, published: Comment) -> None:
    mailbox.answer_to_recipient = "451 try again later"
    for _attempt in range(len(mail_sending.WAITS) + 1):
        send()
        become_due()
    assert state() == MailState.FAILED


def test_an_address_that_does_not_exist_is_not_tried_again(
    mailbox: Mailbox, published: Comment
) -> None:
    mailbox.answer_to_recipient = "550 no such user"
    send()
    become_due()
    mailbox.answer_to_recipient = "250 OK"
    send()
    assert (state(), mailbox.letters) == (MailState.FAILED, [])


def test_an_address_to_which_nothing_can_be_sent_does_not_keep_back_the_others(
    mailbox: Mailbox,
) -> None:
    impossible = post(author_email="\u017fveta@example.org", secret="x" * 32)
    others = [impossible, post()]
    for each in others:
        decide(each, Outcome.PUBLISH, Reason.CLEAN)
    send()
    assert mailbox.recipients == ["olena@example.org"]
    refused = Mail.objects.get(kind=MailKind.DECISION, subscription=impossible.pk)
    assert (refused.state, refused.answer) == (MailState.FAILED, "impossible address")


def test_an_address_at_which_the_server_is_slow_keeps_back_only_itself(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_sending, "LONGEST_TIMEOUT", 0.5)
    slow = post(author_email="slow@example.org", secret="x" * 32)
    for each in (slow, post()):
        decide(each, Outcome.PUBLISH, Reason.CLEAN)
    mailbox.slow_recipients = {"slow@example.org": 1.5}
    send()
    waiting = Mail.objects.get(kind=MailKind.DECISION, subscription=slow.pk)
    assert (waiting.state, waiting.due_at > timezone.now()) == (MailState.WAITING, True)
    send()
    assert mailbox.recipients == ["olena@example.org"]


class Died(BaseException):
    """A process that is killed runs nothing more."""


def die(*_: Any) -> Any:
    raise Died


@pytest.mark.parametrize("before", ["hand_over", "connected"])
def test_a_worker_that_dies_before_the_content_leaves_the_mail_to_the_next(
    mailbox: Mailbox, published: Comment, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(smtp, before, die)
        with pytest.raises(Died):
            send()
    assert state() == MailState.WAITING
    send()
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize("when", ["data", "_settle"])
def test_a_worker_that_dies_after_that_does_not_make_the_next_send_it_twice(
    mailbox: Mailbox, published: Comment, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    place: Any = mail_sending if when == "_settle" else smtplib.SMTP
    with monkeypatch.context() as patch:
        patch.setattr(place, when, die)
        with pytest.raises(Died):
            send()
    given = len(mailbox.letters)
    assert state() == MailState.SENDING
    become_due()
    send()
    other = post(text="Ще одна думка про міст.")
    decide(other, Outcome.PUBLISH, Reason.CLEAN)
    send()
    assert len(mailbox.letters) == given + 1
    assert Mail.objects.get(subscription=published.pk, kind="decision").state == MailState.UNCLEAR


def test_a_connection_that_breaks_after_the_content_is_not_repeated(
    mailbox: Mailbox, published: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    original: Callable[..., Any] = smtplib.SMTP.data

    def broken(self: Any, content: Any) -> Any:
        original(self, content)
        raise TimeoutError

    monkeypatch.setattr(smtplib.SMTP, "data", broken)
    send()
    monkeypatch.undo()
    assert state() == MailState.UNCLEAR
    send()
    assert len(mailbox.letters) == 1
    assert mail_sending.send_again(Mail.objects.all()) == 1
    assert mail_sending.send_again(Mail.objects.filter(state=MailState.SENT)) == 0


def test_a_mail_that_another_worker_has_taken_meanwhile_is_not_sent(
    mailbox: Mailbox, published: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first worker was stopped for longer than its claim, and goes on."""
    original = smtp.hand_over

    def overtaken(*arguments: Any) -> Any:
        Mail.objects.update(state=MailState.SENT)
        return original(*arguments)

    monkeypatch.setattr(smtp, "hand_over", overtaken)
    send()
    assert mailbox.letters == []
    assert state() == MailState.SENT


def test_a_reader_who_unsubscribes_while_the_server_is_asked_gets_nothing(
    mailbox: Mailbox, published: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = smtplib.SMTP.rcpt

    def meanwhile(*arguments: Any) -> Any:
        Mail.objects.update(state=MailState.SKIPPED)
        return original(*arguments)

    monkeypatch.setattr(smtplib.SMTP, "rcpt", meanwhile)
    send()
    assert mailbox.letters == []
    assert state() == MailState.SKIPPED


def test_the_log_shows_no_address_and_sends_again_what_was_not_taken(
    mailbox: Mailbox, published: Comment
) -> None:
    root = signed_in_as_superuser()
    mailbox.answer_to_recipient = "550 no such user"
    send()
    mailbox.answer_to_recipient = "250 OK"
    mail = Mail.objects.get(kind=MailKind.DECISION)
    log = "/en/admin/delivery/mail/"
    pages = [root.get(log), root.get(f"{log}{mail.pk}/change/")]
    assert all("550" in page.content.decode() for page in pages)
    assert not any("olena@" in page.content.decode() for page in pages)
    chosen = {"action": "send_again", "_selected_action": [mail.pk]}
    assert "1 e-mail will be sent again." in root.post(log, chosen, follow=True).content.decode()
    send()
    assert len(mailbox.letters) == 1
    assert signed_in_as(Role.LEAD).get(log).status_code == 403


def test_two_workers_do_not_send_at_the_same_time(mailbox: Mailbox, published: Comment) -> None:
    until = timezone.now() + dt.timedelta(seconds=30)
    Lane.objects.create(name="mail", claimed_until=until)
    send()
    mail_sending.send_due()
    assert mailbox.letters == []
    Lane.objects.update(claimed_until=timezone.now() - dt.timedelta(seconds=1))
    send()
    assert len(mailbox.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_send_each_mail_once(mailbox: Mailbox) -> None:
    for number in range(10):
        decide(post(text=f"Думка номер {number}."), Outcome.PUBLISH, Reason.CLEAN)

    def run() -> None:
        try:
            send()
        finally:
            connection.close()

    workers = [threading.Thread(target=run) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join(30)
    send()
    assert len(mailbox.letters) == 10
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 10


@pytest.mark.django_db(transaction=True)
def test_a_real_worker_sends_and_the_broker_never_sees_an_address(
    mailbox: Mailbox, broker: Broker
) -> None:
    database = database_url(str(connection.settings_dict["NAME"]))
    comment = post()
    assert "olena" not in broker.next_message()
    server = {"EMAIL_URL": f"smtp://127.0.0.1:{mailbox.port}", "EMAIL_FROM": "news@example.org"}
    with worker(database, **server):
        wait_until(lambda: mailbox.letters, seconds=30, what="the e-mail")
    assert mailbox.recipients == ["olena@example.org"]
    assert str(comment.pk) in mailbox.last
