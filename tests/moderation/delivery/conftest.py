from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from config.mail import MailServer
from tests.moderation.delivery.mailbox import Mailbox, running_mailbox
from tests.moderation.delivery.receiver import LOOPBACK, Receiver, receiving


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A site's own server on this machine, where webhooks are allowed to go."""
    settings.WEBHOOK_PRIVATE_NETWORKS = LOOPBACK
    with receiving() as running:
        yield running


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """The mail server of the service."""
    with running_mailbox() as running, override("uk"):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_URL = MailServer("127.0.0.1", running.port)
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_FROM = "Вісті <comments@example.org>"
        settings.PUBLIC_URL = "https://comments.example.org"
        yield running
