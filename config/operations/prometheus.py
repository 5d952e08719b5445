"""The /metrics page: the counters of all processes, and what waits in the database."""

import logging
import os
from collections.abc import Iterator

from django.db import DatabaseError
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from comments.models import Comment, Status
from config.prometheus_files import FOLDER
from moderation.models import Heartbeat

logger = logging.getLogger(__name__)

# A longer line is told as this long: counting it whole would cost more than the figure says.
COUNTED = 100_000


class WaitingCollector(Collector):
    """How many comments wait and for how long, by two looks into one index each."""

    def collect(self) -> Iterator[Metric]:
        try:
            gauges = [*_waiting("pending", Status.PENDING), *_waiting("queue", Status.HELD)]
            gauges += _worker()
        except DatabaseError as error:
            # The counters are told all the same; what is absent here is an alarm of its own.
            logger.error("metrics without the database: %s", type(error).__name__)
            return
        yield from gauges


def exposition() -> bytes:
    """All metrics in Prometheus' text format."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry, os.environ[FOLDER])  # type: ignore[no-untyped-call]
    registry.register(WaitingCollector())
    return generate_latest(registry)


def _waiting(name: str, status: Status) -> list[Metric]:
    waiting = Comment.objects.filter(status=status)
    length = waiting.values("pk")[:COUNTED].count()
    oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
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
        GaugeMetricFamily("comments_workers", "Workers that come to sweeps.", len(live)),
        GaugeMetricFamily(
            "comments_worker_silent_seconds", "Time since a worker last finished a sweep.", silent
        ),
    ]
