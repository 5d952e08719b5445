from collections.abc import Iterator
from typing import Any

import pytest

from tests.moderation.delivery.receiver import LOOPBACK, Receiver, receiving


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A site's own server on this machine, where webhooks are allowed to go."""
    settings.WEBHOOK_PRIVATE_NETWORKS = LOOPBACK
    with receiving() as running:
        yield running
