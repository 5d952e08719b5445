from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from comments.reception.throttles import broker_backoff, local_counters
from tests.comments.reception.throttling import limit
from tests.processes import Broker


@pytest.fixture
def form_checks(settings: Any) -> Iterator[None]:
    """The form looks for signs of automation, and no challenge has been used yet."""
    settings.FORM_CHECKS = True
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def throttles_on(broker: Broker, settings: Any) -> None:
    """Throttles count, in the broker; each test sets the limits that it is about."""
    settings.THROTTLES = True
    limit(settings)
    broker_backoff.stop()
    local_counters.cache_clear()
