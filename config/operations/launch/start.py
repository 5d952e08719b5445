"""Start the service: check everything, prepare, then become the supervisor."""

import fcntl
import os
import sys
from errno import EADDRINUSE
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections

from config.operations.health import broker
from config.operations.launch import supervise
from config.operations.launch.first_moderator import ensure_first_moderator
from config.operations.launch.parts import parts, valkey_server
from config.operations.launch.ports import try_to_listen
from config.operations.launch.statics import collect_static
from config.operations.var_dir_lock import CannotStartError, hold_var_dir
from config.prometheus_files import delete_old_metrics
from moderation import search


def launch() -> NoReturn:
    """Replace this process with the supervisor; raise CannotStartError if that is not possible."""
    hold_var_dir()
    check_port()
    check_database()
    check_broker()
    supervised = parts(None if settings.REDIS_URL else embedded_broker())
    delete_old_metrics()
    prepare()
    connections.close_all()
    _append_output()
    print("Starting on port", settings.PORT, flush=True)  # noqa: T201
    os.chdir(settings.BASE_DIR)
    environment = {**os.environ, "VAR_DIR": str(settings.VAR_DIR)}
    command = [sys.executable, "-P", supervise.__file__, supervise.as_argument(supervised)]
    os.execve(sys.executable, command, environment)  # noqa: S606


def check_port() -> None:
    try:
        try_to_listen(settings.PORT)
    except OSError as error:
        fault = "is in use" if error.errno == EADDRINUSE else f"cannot be used: {error.strerror}"
        raise CannotStartError(
            f"PORT {settings.PORT} {fault}: choose another with PORT=NUMBER."
        ) from error


def embedded_broker() -> Path:
    if program := valkey_server():
        return program
    raise CannotStartError("There is no embedded broker for this system: set REDIS_URL.")


def check_database() -> None:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise CannotStartError(
            f"DATABASE_URL: the database {_database_name()} cannot be reached: {_message(error)}."
        ) from error


def check_broker() -> None:
    if not settings.REDIS_URL:
        return
    try:
        broker()
    except Exception as error:
        raise CannotStartError(
            f"REDIS_URL: the broker at {_host(settings.REDIS_URL)} cannot be reached: "
            f"{_message(error)}."
        ) from error


def prepare() -> None:
    """Migrate the database, update the roles and collect the static files."""
    try:
        call_command("migrate", verbosity=0, interactive=False)
        if search.needs_rebuild():
            call_command("index_comments")
        ensure_first_moderator()
    except DatabaseError as error:
        raise CannotStartError(
            f"DATABASE_URL: the database {_database_name()} cannot be prepared: {_message(error)}."
        ) from error
    try:
        collect_static()
    except OSError as error:
        raise CannotStartError(
            f"VAR_DIR: the static files cannot be written to {settings.VAR_DIR}: {error.strerror}."
        ) from error


def _append_output() -> None:
    """Open the output in append mode, since several processes write to it."""
    fcntl.fcntl(1, fcntl.F_SETFL, fcntl.fcntl(1, fcntl.F_GETFL) | os.O_APPEND)


def _database_name() -> str:
    options = connection.settings_dict
    name = str(options["NAME"])
    return f"{name} at {options['HOST']}:{options['PORT'] or 5432}" if options["HOST"] else name


def _host(url: str) -> str:
    """Return a URL without its scheme, user name and password."""
    return url.rpartition("@")[2].rpartition("//")[2]


def _password(url: str) -> str:
    """Return the password of a URL, which need not be valid."""
    return url.partition("//")[2].rpartition("@")[0].partition(":")[2]


def _message(error: Exception) -> str:
    """Return the first line of a driver's error message without the passwords in the settings."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    text = lines[0].rstrip(".:")
    for secret in (str(connection.settings_dict["PASSWORD"]), _password(settings.REDIS_URL)):
        if secret:
            text = text.replace(secret, "***").replace(quote(secret), "***")
    return text
