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

from comments.reception.database_out import DATABASE_OUT
from config.env import misspelt
from config.operations import health
from config.operations.doctor.diagnosis import Look, MendError
from config.security import is_weak
from moderation import model_registry
from moderation.model_registry import ScorerError
from moderation.models import Heartbeat

# Below it writers give up on one another: seconds that SQLite waits for a lock.
SQLITE_WAIT_LEAST = 5
POSTGRES_LEAST = 14
CLOCK_APART = 5.0
WORKER_PATIENCE = 2.0
UKRAINIAN = "Дякую за новину, чекаємо на відкриття мосту."
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def site() -> str:
    if settings.DEBUG:
        raise MendError(_("DEBUG is on and shows the program's insides to readers: set DEBUG=no."))
    if "*" in settings.ALLOWED_HOSTS:
        raise MendError(_("ALLOWED_HOSTS lets in any name: list the names of your site instead."))
    if is_weak(settings.SECRET_KEY):
        raise MendError(_("SECRET_KEY is short and can be guessed: set 50 random characters."))
    for name, meant in misspelt().items():
        raise MendError(
            _("%(name)s is no setting and does nothing: is %(meant)s meant?")
            % {"name": name, "meant": meant}
        )
    return ", ".join(settings.ALLOWED_HOSTS)


OUT = (health.PartOutError,)


def _ask(
    part: health.Part, words: str, faults: tuple[type[Exception], ...] = OUT, **facts: object
) -> None:
    """Asks as /readyz does; where the part is out, raises MendError with these words for it."""
    try:
        part()
    except faults as error:
        raise MendError(words % {**facts, "error": type(error).__name__}) from None


def database() -> str:
    words = _(
        "the database does not answer (%(error)s): start it, or mend DATABASE_URL. Readers "
        "get 503 meanwhile and keep what they typed."
    )
    _ask(health.database, words, DATABASE_OUT)
    return _sqlite() if connection.vendor == "sqlite" else _postgres()


def _sqlite() -> str:
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
    options = connection.settings_dict["OPTIONS"]
    # Waited out here, not in SQLite: see config.sqlite.
    wait = options["timeout"]
    immediate = options.get("transaction_mode") == "IMMEDIATE"
    if journal != "wal" or wait < SQLITE_WAIT_LEAST or not immediate:
        raise MendError(
            _(
                "SQLite must be in WAL mode, wait for a lock and begin at once (IMMEDIATE): put "
                "its file on a local disk, where that can be."
            )
        )
    return _("SQLite, WAL, waits %(seconds)d s for a lock") % {"seconds": wait}


def _postgres() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        major = int(cursor.fetchone()[0]) // 10000
    if major < POSTGRES_LEAST:
        raise MendError(
            _("PostgreSQL %(major)d is too old: %(least)d or newer is needed.")
            % {"major": major, "least": POSTGRES_LEAST}
        )
    return f"PostgreSQL {major}"


def migrations() -> str:
    words = _("the database is older than the program: run `python manage.py migrate`.")
    _ask(health.migrations, words)
    return _("all applied")


def broker() -> str:
    words = _(
        "the broker does not answer (%(error)s): start it, or mend REDIS_URL. Comments are "
        "accepted meanwhile and wait."
    )
    _ask(health.broker, words, (Exception,))
    return _("answers")


def worker() -> str:
    broker()
    with current_app.connection_for_write() as link:
        answers = current_app.control.ping(timeout=WORKER_PATIENCE, limit=1, connection=link)
    if not answers:
        raise MendError(
            _("no worker answers: start `celery -A config worker`, and see its log if it is up.")
        )
    return _("answers")


def sweep() -> str:
    """A worker may answer and yet not come to its work."""
    words = _(
        "no sweep for over two minutes: start `celery -A config worker`. If it is up, it "
        "does not come to its work: see its log, and restart it."
    )
    _ask(health.worker, words)
    live = Heartbeat.objects.live()
    age = (timezone.now() - live[0].seen_at).total_seconds()
    last = _("last sweep %(seconds)d s ago") % {"seconds": age}
    missing = Heartbeat.objects.exclude(pk__in=[beat.pk for beat in live]).order_by("worker")
    if not missing:
        return last
    words = _("%(last)s; no longer seen: %(workers)s")
    return words % {"last": last, "workers": ", ".join(beat.worker for beat in missing)}


def model() -> str:
    try:
        loaded = model_registry.for_site()
        scores = loaded.score([UKRAINIAN])[0]
    except ScorerError as error:
        raise MendError(
            _("the model cannot be loaded (%(error)s): mend MODEL_DIR.") % {"error": error}
        ) from None
    if scores.language != "uk":
        raise MendError(_("the model does not know Ukrainian: set MODEL_DIR to one that does."))
    live = Heartbeat.objects.live()
    if live:
        _ask(health.model, _("no worker has loaded a model: see MODEL_DIR and the worker's log."))
    if any(beat.model_version != loaded.version for beat in live):
        raise MendError(
            _(
                "a worker has another model than this command, or none: check its MODEL_DIR and "
                "its log."
            )
        )
    return loaded.version


def clock() -> str:
    apart = {_("database"): _database_time(), _("broker"): _broker_time()}
    for name, moment in apart.items():
        if moment is not None and abs(moment) > CLOCK_APART:
            raise MendError(
                _(
                    "this machine's clock and that of another part (%(part)s) differ by "
                    "%(seconds)d s: keep both by NTP."
                )
                % {"part": name, "seconds": abs(moment)}
            )
    return _("all within %(seconds)d s") % {"seconds": CLOCK_APART}


def _database_time() -> float:
    """Seconds by which the database is ahead; SQLite has no other clock than ours."""
    ask = (
        "strftime('%s','now')"
        if connection.vendor == "sqlite"
        else ("extract(epoch from clock_timestamp())")
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {ask}")
        return float(cursor.fetchone()[0]) - time.time()


def _broker_time() -> float | None:
    """The same of the broker; None where it does not answer, which another look tells."""
    try:
        with current_app.connection_for_write() as link:
            seconds, _micro = link.default_channel.client.time()  # type: ignore[attr-defined]
    except Exception:
        return None
    return float(seconds) - time.time()


def mail() -> str:
    """Nothing is sent unless a server was set; then it must be there."""
    if settings.EMAIL_BACKEND != SMTP or settings.EMAIL_HOST in {"", "localhost"}:
        return _("not used")
    try:
        with get_connection(timeout=5):
            return str(settings.EMAIL_HOST)
    except Exception as error:
        raise MendError(
            _("the mail server %(host)s does not let us in (%(error)s): mend the e-mail settings.")
            % {"host": settings.EMAIL_HOST, "error": type(error).__name__}
        ) from None


def disk() -> str:
    words = _("under %(least)d MB is left in %(folder)s: make room, or mend DISK_FREE_MB.")
    folder = health.database_folder()
    _ask(health.disk, words, least=settings.DISK_FREE_MB, folder=folder)
    return str(folder)


def pending() -> str:
    words = _(
        "comments have waited for over %(minutes)d minutes: see the worker's log, or run "
        "`python manage.py moderate_pending` now."
    )
    _ask(health.pending, words, minutes=settings.PENDING_MINUTES)
    return _("nobody waits long")


PARTS: tuple[tuple[str | Promise, Look], ...] = (
    (gettext_lazy("settings"), site),
    (gettext_lazy("database"), database),
    (gettext_lazy("migrations"), migrations),
    (gettext_lazy("broker"), broker),
    (gettext_lazy("worker"), worker),
    (gettext_lazy("sweep"), sweep),
    (gettext_lazy("model"), model),
    (gettext_lazy("clock"), clock),
    (gettext_lazy("mail"), mail),
    (gettext_lazy("disk"), disk),
    (gettext_lazy("waiting comments"), pending),
)
