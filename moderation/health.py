"""Whether each part that a comment needs is there, as /readyz tells it."""

import datetime as dt
from collections.abc import Callable

from celery import current_app
from django.db import connection
from django.utils import timezone

from moderation.models import Heartbeat

# Beat sweeps every minute: two beats missed mean that no worker is there.
WORKER_SILENT = dt.timedelta(seconds=150)


class PartOutError(Exception):
    """A part is not there; the message says what to look at."""


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker() -> None:
    with current_app.connection_for_write() as link:
        link.default_channel.client.ping()  # type: ignore[attr-defined]


def worker() -> None:
    beat = Heartbeat.objects.first()
    if beat is None or beat.seen_at < timezone.now() - WORKER_SILENT:
        raise PartOutError("no worker has finished a sweep lately: are worker and beat running?")


def model() -> None:
    beat = Heartbeat.objects.first()
    if beat is None or not beat.model_version:
        raise PartOutError("no worker has loaded a model: see MODEL_DIR and the worker's log")


PARTS: tuple[Callable[[], None], ...] = (database, broker, model, worker)


def readiness() -> dict[str, str]:
    """The word "ok" or what is wrong, by part. Asking a broker that hangs takes half a second."""
    return {part.__name__: _state(part) for part in PARTS}


def _state(part: Callable[[], None]) -> str:
    try:
        part()
    except PartOutError as reason:
        return str(reason)
    except Exception as error:
        # Only the kind of error: a message may hold an address with a password.
        return f"out: {type(error).__name__}"
    return "ok"
