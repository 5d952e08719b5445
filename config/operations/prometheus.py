"""The /metrics page: the counters of all processes, and what waits in the database."""

import logging
import os
from collections.abc import Iterator

from django.db import DatabaseError
from django.db.models import F, Min
from django.db.models.functions import Coalesce
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from comments.models import Comment, Status
from config.prometheus_files import FOLDER
from moderation.models import Heartbeat

logger = logging.getLogger(__name__)

# Counting stops here: an exact figure for a longer queue is not worth its cost.
MAX_COUNT = 100_000


class WaitingCollector(Collector):
    """How many comments wait and for how long: two index queries for each status."""

    def collect(self) -> Iterator[Metric]:
        try:
            gauges = [*_waiting("pending", Status.PENDING), *_waiting("queue", Status.HELD)]
            gauges += _worker()
        except DatabaseError as error:
            # The counters are still exported; an alert covers the missing gauges.
            logger.error("metrics exported without the database: %s", type(error).__name__)
            return
        yield from gauges


def exposition() -> bytes:
    """Return all metrics in Prometheus' text format."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, os.environ[FOLDER])  # type: ignore[no-untyped-call]
    registry.register(WaitingCollector())
    return generate_latest(registry)


def _waiting(name: str, status: Status) -> list[Metric]:
    waiting = Comment.objects.filter(status=status)
    length = waiting.values("pk")[:MAX_COUNT].count()
    # What its author has changed waits since then.
    since = Coalesce("edited_at", "created_at") if status == Status.PENDING else F("created_at")
    oldest = waiting.aggregate(oldest=Min(since))["oldest"]
    age = (timezone.now() - oldest).total_seconds() if oldest else 0
    return [
        GaugeMetricFamily(f"comments_{name}_length", f"Comments {status.value} now.", length),
        GaugeMetricFamily(
            f"comments_{name}_oldest_seconds", f"How long the oldest has been {status.value}.", age
        ),
    ]


def _worker() -> list[Metric]:
    live = Heartbeat.objects.live()
    if not live:
        return []
    silent = (timezone.now() - live[0].seen_at).total_seconds()
    return [
        GaugeMetricFamily("comments_workers", "Workers that finish sweeps.", len(live)),
        GaugeMetricFamily(
            "comments_worker_silent_seconds", "Time since a worker last finished a sweep.", silent
        ),
    ]
