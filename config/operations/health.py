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

# After two missed sweeps no worker is running; a busy one only runs them late.
WORKER_SILENT = timing().worker_silent
MIB = 1024 * 1024


class UnhealthyError(Exception):
    """A part does not work; the message says what to look at."""


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def migrations() -> None:
    missing = known_migrations() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        raise UnhealthyError("the database schema is out of date: run `manage.py migrate`")


def broker() -> None:
    with current_app.connection_for_write() as link:
        link.default_channel.client.ping()  # type: ignore[attr-defined]


def worker() -> None:
    """Fail when no worker is left; the doctor names the missing ones of several."""
    live = Heartbeat.objects.live()
    if not live or live[0].seen_at < timezone.now() - WORKER_SILENT:
        raise UnhealthyError("no worker has finished a sweep recently: is one running?")


def model() -> None:
    if not any(beat.model_version for beat in Heartbeat.objects.live()):
        raise UnhealthyError("no worker has loaded a model: see MODEL_DIR and the worker's log")


def disk() -> None:
    """Check the disk of the embedded database. A PostgreSQL server has to watch its own."""
    free = shutil.disk_usage(database_folder()).free // MIB
    if free < settings.DISK_FREE_MB:
        raise UnhealthyError(f"{free} MB free on the disk, DISK_FREE_MB is {settings.DISK_FREE_MB}")


def pending() -> None:
    oldest = timezone.now() - dt.timedelta(minutes=settings.PENDING_MINUTES)
    waiting = Comment.objects.filter(status=Status.PENDING, created_at__lte=oldest)
    # One that its author has just changed waits since then.
    if waiting.exclude(edited_at__gt=oldest).exists():
        raise UnhealthyError(
            f"comments have waited for their check for over {settings.PENDING_MINUTES} minutes: "
            "see the worker's log, or run `manage.py moderate_pending`"
        )


Check = Callable[[], None]
WITHOUT_DATABASE: tuple[Check, ...] = (broker, disk)
# `database` is first: if it fails, the others are not run.
IN_DATABASE: tuple[Check, ...] = (database, migrations, model, worker, pending)
UNKNOWN = "unknown while the database is unavailable"
# Seconds for all of these together.
TIMEOUT = 3.0
HUNG = f"no answer within {TIMEOUT:.0f} seconds: see its log, its disk and DATABASE_URL"
NO_THREAD = "not checked: no thread can be started; the machine is out of memory or processes"
_database_lock = Lock()
# The parts that failed when this process last checked.
_failed: set[str] = set()


def readiness() -> dict[str, str]:
    """Return "ok" or what is wrong for each part, within a few seconds even if one hangs."""
    parts = {**_database_parts(), **{p.__name__: _status(p) for p in WITHOUT_DATABASE}}
    _log_changes(parts)
    return parts


def _log_changes(parts: dict[str, str]) -> None:
    """Log a line when a part fails or recovers, but not one for each probe."""
    failed = {part for part, status in parts.items() if status != "ok"}
    for part in sorted(failed - _failed):
        logger.error("not ready: %s: %s", part, parts[part])
    for part in sorted(_failed - failed):
        logger.warning("ready again: %s", part)
    _failed.clear()
    _failed.update(failed)


def _database_parts() -> dict[str, str]:
    """Run the checks in a thread, which is abandoned if the database server hangs.

    No time-out of the connection helps, since the server's kernel still acknowledges what it
    receives. Each process has at most one such thread; the next call waits for its end.
    """
    found: dict[str, str] = {}
    end, status = time.monotonic() + TIMEOUT, HUNG
    if _database_lock.acquire(timeout=TIMEOUT):
        thread = Thread(target=_check_database, args=[found], daemon=True)
        try:
            thread.start()
            thread.join(end - time.monotonic())
        except RuntimeError:
            # There is no thread to release it.
            _database_lock.release()
            status = NO_THREAD
    if len(found) == len(IN_DATABASE):
        return found
    return {**{part.__name__: UNKNOWN for part in IN_DATABASE}, database.__name__: status}


def _check_database(found: dict[str, str]) -> None:
    """Fill in the status of each part. Runs in a thread, so it closes its own connection."""
    try:
        for part in IN_DATABASE:
            # Do not wait again for each part when the database has failed.
            known = found.get(database.__name__, "ok") == "ok"
            found[part.__name__] = _status(part) if known else UNKNOWN
        connection.close()
    finally:
        _database_lock.release()


def _status(check: Check) -> str:
    try:
        check()
    except UnhealthyError as reason:
        return str(reason)
    except Exception as error:
        # Only the type of the error: its message may contain a URL with a password.
        return f"failed: {type(error).__name__}"
    return "ok"


def database_folder() -> Path:
    """Return the folder of the embedded database, or VAR_DIR if there is none."""
    if connection.vendor == "sqlite":
        return Path(connection.settings_dict["NAME"]).resolve().parent
    return Path(settings.VAR_DIR)


@cache
def known_migrations() -> set[tuple[str, str]]:
    """Return the migrations of this version, read from the disk once per process."""
    loader = MigrationLoader(None)
    return {key for key in loader.disk_migrations if key not in loader.replacements}
