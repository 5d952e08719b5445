"""A real SMTP server for the tests, and the e-mails that it was given."""

import asyncio
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from comments.models import Comment
from comments.reception.services import Draft, submit_comment
from moderation.delivery import mail_requests, mail_sending, tasks
from moderation.delivery.follow import follow
from moderation.delivery.mail_log import store_mails
from moderation.delivery.models import Consent
from tests.makers import make_article

SECRET = "s" * 32


class Mailbox:
    """What the server was given; it answers to RCPT and DATA as told."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[str] = []
        self.answer_to_recipient = "250 OK"
        self.answer_to_content = "250 OK"
        # Only after so many seconds.
        self.slow_recipients: dict[str, float] = {}
        self.port = 0

    @property
    def subjects(self) -> list[str]:
        return [str(letter["Subject"]) for letter in self.letters]

    @property
    def last(self) -> str:
        return text_of(self.letters[-1])


class _Handler:
    """aiosmtpd calls these by name, and reads every attribute when it starts."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, *_options: Any
    ) -> str:
        await asyncio.sleep(self.mailbox.slow_recipients.get(address, 0))
        answer = self.mailbox.answer_to_recipient
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.mailbox.answer_to_content
        if answer.startswith("250"):
            letter = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.mailbox.letters.append(letter)
            self.mailbox.raw.append(envelope.content)
            self.mailbox.recipients += envelope.rcpt_tos
        return answer


def text_of(letter: EmailMessage) -> str:
    return str(letter.get_content())


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        mailbox.port = free.getsockname()[1]
    controller = Controller(_Handler(mailbox), hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def links(text: str) -> list[str]:
    """The paths of the links of this service in a text."""
    return re.findall(r"https://comments\.example\.org(\S+)", text)


def unsubscribe_path(letter: EmailMessage) -> str:
    return links(str(letter["List-Unsubscribe"]).strip("<>"))[0]


def send() -> None:
    """What the tasks of a worker do, one after the other."""
    follow("mail", store_mails)
    if mail_sending.is_due():
        tasks.send_mails()


def post(*, confirmed: bool = True, **over: Any) -> Comment:
    """A pending comment whose author ticked the box; the address is confirmed unless told else."""
    facts = {
        "author_name": "Олена",
        "author_email": "olena@example.org",
        "text": "Дякую за новину про міст.",
        "secret": SECRET,
        "notify": True,
    }
    article = over.pop("article", None) or make_article(title="Міст відремонтують")
    comment = submit_comment(article=article, draft=Draft(**{**facts, **over}))
    if confirmed:
        consent = Consent.objects.get(writer_key=comment.writer_key)
        if not consent.in_force:
            mail_requests.confirm(consent=consent)
    return comment
