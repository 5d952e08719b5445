"""Health checks of each part that a comment needs, for /readyz and the doctor."""

import datetime as dt
import logging
import shutil
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock, Thread

from celery import current_app
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from comments.models import Comment, Status
from config.pipeline_timing import timing
from moderation.models import Heartbeat

logger = logging.getLogger(__name__)

# Two sweeps missed mean that no worker is there; a busy one comes to them late.
WORKER_SILENT = timing().worker_silent
MIB = 1024 * 1024


class PartOutError(Exception):
    """A part is not there; the message says what to look at."""


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def migrations() -> None:
    missing = known_migrations() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        raise PartOutError("the database is older than the program: run `manage.py migrate`")


def broker() -> None:
    with current_app.connection_for_write() as link:
        link.default_channel.client.ping()  # type: ignore[attr-defined]


def worker() -> None:
    """Out when none is left; which of several is missing the doctor says."""
    live = Heartbeat.objects.live()
    if not live or live[0].seen_at < timezone.now() - WORKER_SILENT:
        raise PartOutError("no worker has finished a sweep lately: is one running?")


def model() -> None:
    if not any(beat.model_version for beat in Heartbeat.objects.live()):
        raise PartOutError("no worker has loaded a model: see MODEL_DIR and the worker's log")


def disk() -> None:
    """Room where the embedded database grows; a PostgreSQL elsewhere watches its own."""
    free = shutil.disk_usage(database_folder()).free // MIB
    if free < settings.DISK_FREE_MB:
        raise PartOutError(f"{free} MB left on the disk, DISK_FREE_MB is {settings.DISK_FREE_MB}")


def pending() -> None:
    oldest = timezone.now() - dt.timedelta(minutes=settings.PENDING_MINUTES)
    if Comment.objects.filter(status=Status.PENDING, created_at__lte=oldest).exists():
        raise PartOutError(
            f"comments wait for their check for over {settings.PENDING_MINUTES} minutes: "
            "see the worker's log, or run `manage.py moderate_pending`"
        )


Part = Callable[[], None]
WITHOUT_DATABASE: tuple[Part, ...] = (broker, disk)
# The first one first: without it the others are not known.
IN_DATABASE: tuple[Part, ...] = (database, migrations, model, worker, pending)
UNKNOWN = "not known while the database is out"
# Seconds for all of these together.
PATIENCE = 3.0
HUNG = f"no answer within {PATIENCE:.0f} seconds: see its own log and disk, and DATABASE_URL"
NO_THREAD = "not asked: no thread could be started, the machine has no memory or processes left"
_asking = Lock()
# Those that were out when this process was last asked.
_out: set[str] = set()


def readiness() -> dict[str, str]:
    """The word "ok" or what is wrong, by part; within a few seconds, whatever hangs."""
    parts = {**_parts_of_database(), **{p.__name__: state(p) for p in WITHOUT_DATABASE}}
    _tell_changes(parts)
    return parts


def _tell_changes(parts: dict[str, str]) -> None:
    """A line for each part that goes out or comes back, and none for each probe meanwhile."""
    out = {part for part, words in parts.items() if words != "ok"}
    for part in sorted(out - _out):
        logger.error("not ready: %s: %s", part, parts[part])
    for part in sorted(_out - out):
        logger.warning("ready again: %s", part)
    _out.clear()
    _out.update(out)


def _parts_of_database() -> dict[str, str]:
    """Asked in a thread that may be left behind: a server that hangs keeps whoever asks it.

    Nothing else bounds the wait, for the system under that server still acknowledges all it is
    sent. One thread a process is left so, and whoever comes next waits for that one.
    """
    told: dict[str, str] = {}
    end, words = time.monotonic() + PATIENCE, HUNG
    if _asking.acquire(timeout=PATIENCE):
        thread = Thread(target=_ask_database, args=[told], daemon=True)
        try:
            thread.start()
            thread.join(end - time.monotonic())
        except RuntimeError:
            # Without a thread nobody else would release it.
            _asking.release()
            words = NO_THREAD
    if len(told) == len(IN_DATABASE):
        return told
    return {**{part.__name__: UNKNOWN for part in IN_DATABASE}, database.__name__: words}


def _ask_database(told: dict[str, str]) -> None:
    """Fills in the state of each part. The thread has a connection of its own, which it closes."""
    try:
        for part in IN_DATABASE:
            # A database that is out is not waited for once more for each of them.
            known = told.get(database.__name__, "ok") == "ok"
            told[part.__name__] = state(part) if known else UNKNOWN
        connection.close()
    finally:
        _asking.release()


def state(part: Part) -> str:
    try:
        part()
    except PartOutError as reason:
        return str(reason)
    except Exception as error:
        # Only the kind of error: a message may hold an address with a password.
        return f"out: {type(error).__name__}"
    return "ok"


def database_folder() -> Path:
    """Where the embedded database lies, or VAR_DIR where there is none."""
    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).resolve().parent
    return Path(settings.VAR_DIR)


@cache
def known_migrations() -> set[tuple[str, str]]:
    """Those that this version of the program has; read from the disk once a process."""
    loader = MigrationLoader(None)
    return {key for key in loader.disk_migrations if key not in loader.replacements}
