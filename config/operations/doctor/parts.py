"""Checks of the parts that can be examined from this machine."""

import time

from celery import current_app
from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comments.reception.database_unavailable import DATABASE_ERRORS
from config.env import misspelt
from config.operations import health
from config.operations.doctor.diagnosis import Check, CheckError
from config.security import is_weak
from moderation import model_registry
from moderation.accounts.roles import Role, missing_or_excess
from moderation.model_registry import ScorerError
from moderation.models import Heartbeat

# The least number of seconds that SQLite must wait for a lock: with less, concurrent writers fail.
MIN_SQLITE_WAIT = 5
MIN_POSTGRES = 14
MAX_CLOCK_DIFFERENCE = 5.0
PING_TIMEOUT = 2.0
UKRAINIAN_SAMPLE = "Дякую за новину, чекаємо на відкриття мосту."


def site() -> str:
    if settings.DEBUG:
        raise CheckError(_("DEBUG is on and shows internal details to readers: set DEBUG=no."))
    if "*" in settings.ALLOWED_HOSTS:
        raise CheckError(_("ALLOWED_HOSTS accepts any name: list the names of your site instead."))
    if is_weak(settings.SECRET_KEY):
        raise CheckError(_("SECRET_KEY is too short and can be guessed: set 50 random characters."))
    for name, similar in misspelt().items():
        raise CheckError(
            _("%(name)s is not a setting and has no effect: did you mean %(meant)s?")
            % {"name": name, "meant": similar}
        )
    return ", ".join(settings.ALLOWED_HOSTS)


def _run(
    check: health.Check,
    message: str,
    faults: tuple[type[Exception], ...] = (health.UnhealthyError,),
    **values: object,
) -> None:
    """Run a check of /readyz; if it raises one of `faults`, raise CheckError with `message`."""
    try:
        check()
    except faults as error:
        raise CheckError(message % {**values, "error": type(error).__name__}) from None


def database() -> str:
    message = _(
        "the database does not answer (%(error)s): start it, or correct DATABASE_URL. Until then "
        "readers get a 503 page that keeps what they typed."
    )
    _run(health.database, message, DATABASE_ERRORS)
    return _sqlite() if connection.vendor == "sqlite" else _postgres()


def _sqlite() -> str:
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    options = connection.settings_dict["OPTIONS"]
    # config.sqlite does the waiting, not SQLite itself.
    wait = options["timeout"]
    immediate = options.get("transaction_mode") == "IMMEDIATE"
    if journal != "wal" or wait < MIN_SQLITE_WAIT or not immediate:
        raise CheckError(
            _(
                "SQLite must use WAL mode, wait for locks and begin transactions as IMMEDIATE: "
                "keep its file on a local disk, where WAL mode works."
            )
        )
    # The file, in case the command runs without the service's environment and examines another.
    facts = {"file": connection.settings_dict["NAME"], "seconds": wait}
    return _("SQLite, %(file)s, WAL, waits %(seconds)d s for a lock") % facts


def _postgres() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        major = int(cursor.fetchone()[0]) // 10000
    if major < MIN_POSTGRES:
        raise CheckError(
            _("PostgreSQL %(major)d is too old: %(least)d or newer is required.")
            % {"major": major, "least": MIN_POSTGRES}
        )
    return f"PostgreSQL {major}"


def migrations() -> str:
    message = _("the database schema is out of date: run `python manage.py migrate`.")
    _run(health.migrations, message)
    return _("all applied")


def roles() -> str:
    outdated = [role for role in Role if missing_or_excess(role)]
    if outdated:
        names = ", ".join(str(role.label) for role in outdated)
        raise CheckError(
            _("the permissions of some roles are out of date (%(roles)s): run `manage.py migrate`.")
            % {"roles": names}
        )
    return _("as this version has them")


def broker() -> str:
    message = _(
        "the broker does not answer (%(error)s): start it, or correct REDIS_URL. Comments are "
        "still accepted and wait."
    )
    _run(health.broker, message, (Exception,))
    return _("answers")


def worker() -> str:
    broker()
    with current_app.connection_for_write() as link:
        answers = current_app.control.ping(timeout=PING_TIMEOUT, limit=1, connection=link)
    if not answers:
        raise CheckError(
            _("no worker answers: start `celery -A config worker`; if it is running, see its log.")
        )
    return _("answers")


def sweep() -> str:
    """Check that sweeps finish: a worker may answer a ping and still be stuck."""
    message = _(
        "no sweep has finished for over two minutes: start `celery -A config worker`. If it is "
        "running, it is stuck: see its log and restart it."
    )
    _run(health.worker, message)
    live = Heartbeat.objects.live()
    age = (timezone.now() - live[0].seen_at).total_seconds()
    last = _("last sweep %(seconds)d s ago") % {"seconds": age}
    missing = Heartbeat.objects.exclude(pk__in=[beat.pk for beat in live]).order_by("worker")
    if not missing:
        return last
    message = _("%(last)s; no longer seen: %(workers)s")
    return message % {"last": last, "workers": ", ".join(beat.worker for beat in missing)}


def model() -> str:
    try:
        loaded = model_registry.for_site()
        scores = loaded.score([UKRAINIAN_SAMPLE])[0]
    except ScorerError as error:
        raise CheckError(
            _("the model cannot be loaded (%(error)s): correct MODEL_DIR.") % {"error": error}
        ) from None
    if scores.language != "uk":
        raise CheckError(_("the model does not support Ukrainian: set MODEL_DIR to one that does."))
    live = Heartbeat.objects.live()
    if live:
        _run(health.model, _("no worker has loaded a model: see MODEL_DIR and the worker's log."))
    if any(beat.model_version != loaded.version for beat in live):
        raise CheckError(
            _(
                "a worker has no model, or a different one from this command: check its MODEL_DIR "
                "and its log."
            )
        )
    return loaded.version


def clock() -> str:
    differences = {_("database"): _database_time(), _("broker"): _broker_time()}
    for name, difference in differences.items():
        if difference is not None and abs(difference) > MAX_CLOCK_DIFFERENCE:
            raise CheckError(
                _(
                    "the clocks of this machine and another part (%(part)s) differ by "
                    "%(seconds)d s: synchronize both with NTP."
                )
                % {"part": name, "seconds": abs(difference)}
            )
    return _("all within %(seconds)d s") % {"seconds": MAX_CLOCK_DIFFERENCE}


def _database_time() -> float:
    """Return how many seconds the database is ahead; SQLite uses the clock of this machine."""
    now = (
        "strftime('%s','now')"
        if connection.vendor == "sqlite"
        else "extract(epoch from clock_timestamp())"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {now}")
        return float(cursor.fetchone()[0]) - time.time()


def _broker_time() -> float | None:
    """Return how many seconds the broker is ahead; None if it does not answer: see `broker`."""
    try:
        with current_app.connection_for_write() as link:
            seconds, _micro = link.default_channel.client.time()  # type: ignore[attr-defined]
    except Exception:
        return None
    return float(seconds) - time.time()


def mail() -> str:
    """Check that the mail server, if one is set, accepts a connection."""
    if not settings.EMAIL_URL:
        return _("not used")
    try:
        with get_connection(timeout=5):
            return str(settings.EMAIL_HOST)
    except Exception as error:
        raise CheckError(
            _("the mail server %(host)s rejects us (%(error)s): correct EMAIL_URL.")
            % {"host": settings.EMAIL_HOST, "error": type(error).__name__}
        ) from None


def disk() -> str:
    message = _("less than %(least)d MB is free in %(folder)s: free some, or lower DISK_FREE_MB.")
    folder = health.database_folder()
    _run(health.disk, message, least=settings.DISK_FREE_MB, folder=folder)
    return str(folder)


def pending() -> str:
    message = _(
        "some comments have waited for over %(minutes)d minutes: see the worker's log, or run "
        "`python manage.py moderate_pending` now."
    )
    _run(health.pending, message, minutes=settings.PENDING_MINUTES)
    return _("no comment has waited long")


PARTS: tuple[tuple[str | Promise, Check], ...] = (
    (gettext_lazy("settings"), site),
    (gettext_lazy("database"), database),
    (gettext_lazy("migrations"), migrations),
    (gettext_lazy("roles"), roles),
    (gettext_lazy("broker"), broker),
    (gettext_lazy("worker"), worker),
    (gettext_lazy("sweep"), sweep),
    (gettext_lazy("model"), model),
    (gettext_lazy("clock"), clock),
    (gettext_lazy("mail"), mail),
    (gettext_lazy("disk"), disk),
    (gettext_lazy("waiting comments"), pending),
)
