"""Log formatting, as text or JSON, with the request id and without personal data.

Two formatters for the standard library's logging. Anything that a library logs is left out if it
may contain a text, an e-mail or a path that a client sent.
"""

import datetime as dt
import json
import logging
import re
import sys
import traceback
from smtplib import SMTPException
from types import TracebackType
from typing import Any

from django.core.exceptions import DisallowedHost

from config.request_id import request_id

# A part of one of this service's paths; does not match an e-mail, an address or a signed token.
_PLAIN = re.compile(r"[\w-]+(\.[\w-]*[a-z][\w-]*)*", re.ASCII | re.IGNORECASE)
# Packages whose error messages contain no reader's data.
_OURS = {"config", "moderation", "comments"}
# A host name; does not match an address or anything else that a client may put there.
_HOST = re.compile(r"(?=.{1,100}$)([a-z0-9-]+\.)*[a-z][a-z0-9-]*", re.IGNORECASE)
# The first part of a host name may be a key for checks.
_KEY = re.compile(r"[a-z0-9]{12}(?=\.)", re.IGNORECASE)
_DATABASE_IS_OUT = {"OperationalError", "InterfaceError"}
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def safe_path(path: str) -> str:
    """Return the path without its query, and with unknown parts replaced by dots."""
    parts = path.partition("?")[0].split("/")
    return "/".join(part if not part or _PLAIN.fullmatch(part) else "..." for part in parts)


def error_words(error: BaseException) -> str:
    """Return the type of an error, and its message only if it cannot contain a reader's data."""
    kind = type(error)
    # A mail server's answer quotes the reader's address, and such an error is an OSError too.
    is_safe = not isinstance(error, SMTPException) and (
        isinstance(error, OSError)
        or kind.__name__ == "OperationalError"
        or kind.__module__.partition(".")[0] in _OURS
    )
    return f"{kind.__name__}: {error}" if is_safe and str(error) else kind.__name__


def only_our_words(record: logging.LogRecord) -> bool:
    """A filter that masks the paths and error messages that libraries log."""
    if record.name == "django.request" and record.args and "/readyz" in record.args:
        # config.operations.health logs once which part failed; this record comes with every probe.
        return False
    if record.name.startswith("django.security") and record.exc_info and record.exc_info[1]:
        # The message quotes what the client sent, and the traceback is always the same.
        record.msg, record.args = f"request refused: {_refusal(record.exc_info[1])}", ()
        record.exc_info = None
    elif record.name == "gunicorn.error" and "request" in str(record.msg):
        _without_client(record)
    elif isinstance(record.args, dict) and "exc" in record.args:
        error = record.exc_info[1] if record.exc_info else None
        record.args = {**record.args, "exc": error_words(error) if error else "it raised"}
        if type(error).__name__ in _DATABASE_IS_OUT:
            # Each task says so until it is back: where it happened is no news.
            record.exc_info = None
    elif isinstance(record.args, tuple):
        record.args = tuple(_masked(each) for each in record.args)
    return True


def _without_client(record: logging.LogRecord) -> None:
    """Remove what gunicorn quotes of a client: its address, header or request line."""
    message = str(record.msg)
    if message.startswith("Invalid request from ip="):
        kind = sys.exc_info()[0]
        record.msg, record.args = f"request refused: {kind.__name__ if kind else 'malformed'}", ()
    elif message.startswith("Error handling request"):
        record.msg, record.args = "Error handling request", ()


def _refusal(error: BaseException) -> str:
    """Return the type of the error, and for an unknown host the setting to add it to."""
    if not isinstance(error, DisallowedHost):
        return error_words(error)
    asked = re.search(r"header: '([^']*)'", str(error))
    host = asked[1].rpartition(":")[0] or asked[1] if asked else ""
    named = host if _HOST.fullmatch(host) else "an address or no name"
    if key := _KEY.match(named):
        named = named[key.end() :]
    return f"DisallowedHost: {named} is not in ALLOWED_HOSTS"


def _masked(value: object) -> object:
    if isinstance(value, BaseException):
        return error_words(value)
    return safe_path(value) if isinstance(value, str) and value.startswith("/") else value


class Formatter(logging.Formatter):
    """For a terminal: time, level, logger, event, fields, request."""

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        first, *rest = line.split("\n")
        facts = "".join(f" {name}={value}" for name, value in fields(record).items())
        return "\n".join([first + facts, *rest])

    def formatException(self, ei: ExcInfo) -> str:  # type: ignore[override]  # noqa: N802
        """Format the traceback without messages that may quote what a reader wrote."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            where = traceback.format_tb(error.__traceback__)
            lines = [*where, f"{error_words(error)}\n", *lines]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip()


class JsonFormatter(Formatter):
    """For a collector: one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        moment = dt.datetime.fromtimestamp(record.created, dt.UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **fields(record),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def fields(record: logging.LogRecord) -> dict[str, Any]:
    """Return the fields of a line: those in `extra={"fields": ...}` and the request id."""
    found: dict[str, Any] = dict(getattr(record, "fields", {}))
    if asked := request_id.get():
        found.setdefault("request_id", asked)
    return found


def logging_config(level: str, form: str) -> dict[str, Any]:
    """Return the logging settings of Django, gunicorn and Celery; `form` is text or json."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"ours": {"()": lambda: only_our_words}},
        "formatters": {
            "text": {
                "()": Formatter,
                "format": "{asctime} {levelname} {name}: {message}",
                "style": "{",
            },
            "json": {"()": JsonFormatter},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": form,
                "filters": ["ours"],
            }
        },
        "loggers": {
            # Django's own handlers would print twice and mail what was posted.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # config.request_id logs each request; tracebacks of errors come from here.
            "django.request": {"level": "ERROR"},
            "django.security": {"level": "ERROR"},
            # At DEBUG it logs every statement with its values.
            "django.db.backends": {"level": "INFO"},
            # At INFO it logs every sign-in four times.
            "axes": {"level": "WARNING"},
            "celery": {"level": "WARNING"},
            "kombu": {"level": "WARNING"},
            "gunicorn.error": {"level": "WARNING", "handlers": [], "propagate": True},
            # It would log addresses; config.request_id logs requests without them.
            "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
        },
        "root": {"handlers": ["stderr"], "level": level},
    }
