"""Parsers for the values of environment variables.

Each parser takes a setting's name and text and returns the value, or raises ImproperlyConfigured
with one sentence that names the setting. No sentence quotes a value that may contain a password.
"""

import os
import re
from collections.abc import Callable
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_network
from logging import getLevelNamesMapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from limits import RateLimitItem, parse_many

T = TypeVar("T")
Parse = Callable[[str, str], T]

MIN_TOKEN_LENGTH = 20
BROKERS = {"redis", "rediss", "redis+socket"}
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
# How similar a name must be to count as a misspelt setting: REDIS_URI is, HOSTNAME is not.
MIN_SIMILARITY = 0.85
_ORIGIN = re.compile(r"https?://(\*\.)?[^\s/?#@*;,'\"]+", re.IGNORECASE)

# The names of all settings read so far, and of those that are secrets.
known: set[str] = set()
secrets: set[str] = set()


def read(name: str, default: str, parse: Parse[T]) -> T:
    """Return the setting's value; an empty one counts as not set."""
    known.add(name)
    return parse(name, os.environ.get(name) or default)


def read_secret(name: str, default: str, parse: Parse[T]) -> T:
    """Like `read`, for a setting whose value may be in a file named by NAME_FILE."""
    known.add(name)
    secrets.add(name)
    return parse(name, secret(name) or default)


def secret(name: str) -> str:
    """Return the value from the environment or the named file, or an empty string.

    Raises ImproperlyConfigured if both are set, or if the file cannot be used.
    """
    value, path = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if value and path:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: remove one of them.")
    return _content(f"{name}_FILE", path) if path else value


def _content(name: str, path: str) -> str:
    try:
        content = Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name} {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise ImproperlyConfigured(f"{name} {path} is not a text file.") from None
    if not content:
        raise ImproperlyConfigured(f"{name} {path} is empty.")
    return content


def misspelt() -> dict[str, str]:
    """Return unknown names in the environment, each with the setting that it resembles."""
    names = known | {f"{name}_FILE" for name in secrets}
    unknown = sorted(os.environ.keys() - names)
    alike = {
        name: get_close_matches(name.upper(), names, n=1, cutoff=MIN_SIMILARITY) for name in unknown
    }
    return {name: found[0] for name, found in alike.items() if found}


def _wrong(name: str, fault: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {fault}: see docs/settings.md.")


def text(_: str, value: str) -> str:
    return value


def yes_or_no(name: str, value: str) -> bool:
    if value.lower() not in YES | NO:
        raise _wrong(name, "must be yes or no")
    return value.lower() in YES


def whole_number(name: str, value: str) -> int:
    if not value.isdecimal() or len(value) > 9:
        raise _wrong(name, "must be a whole number of at most nine digits")
    return int(value)


def number_between(least: int, most: int, fault: str) -> Parse[int]:
    def parse(name: str, value: str) -> int:
        if not least <= (number := whole_number(name, value)) <= most:
            raise _wrong(name, fault)
        return number

    return parse


seconds = number_between(1, 3600, "must be between 1 and 3600 seconds")
positive = number_between(1, 100_000, "must be a number from 1 to 100000")
# At most a century, so that subtracting it gives a valid date.
days = number_between(0, 36_500, "must be at most a hundred years")
hours = number_between(0, 24 * 36_500, "must be at most a hundred years")


def pause(name: str, value: str) -> float:
    """Return a number of seconds with or without a fraction; 0 means never."""
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", value) or float(value) > 600:
        raise _wrong(name, "must be a number of seconds up to 600, such as 1.5, or 0")
    return float(value)


def port(name: str, value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise ImproperlyConfigured(f"{name} must be a number from 1 to 65535, not {value!r}.")
    return int(value)


def several(_: str, value: str) -> list[str]:
    """Split a list at its commas."""
    return [each for part in value.split(",") if (each := part.strip())]


def one_of(*choices: str) -> Parse[str]:
    def parse(name: str, value: str) -> str:
        if value.lower() not in choices:
            raise ImproperlyConfigured(
                f"{name} must be one of {', '.join(choices)}, not {value!r}."
            )
        return value.lower()

    return parse


def folder(_: str, value: str) -> Path:
    return Path(value).resolve()


def database(name: str, value: str) -> dict[str, Any]:
    """Return Django's options for a URL; those of PostgreSQL are parsed by libpq."""
    if value.startswith("sqlite://"):
        path = unquote(value.removeprefix("sqlite://").removeprefix("/"))
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": path or ":memory:"}
    # Imported here because the driver is slow to import.
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        if not value.startswith(("postgres://", "postgresql://")):
            raise ProgrammingError
        options = conninfo_to_dict(value)
    except ProgrammingError:
        # Without the cause, which quotes the URL with its password.
        raise _wrong(name, "must be a URL like postgres://user:password@host/name") from None
    parts = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    entry = {key: options.pop(part, "") for key, part in {**parts, "PORT": "port"}.items()}
    return {"ENGINE": "django.db.backends.postgresql", **entry, "OPTIONS": options}


def rates(name: str, value: str) -> list[RateLimitItem]:
    """Parse limits like "20/minute;200/hour"; "off" gives none."""
    if value == "off":
        return []
    try:
        return parse_many(value)
    except ValueError as error:
        raise _wrong(name, f"{value!r} is not a rate") from error


def networks(name: str, value: str) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(each) for each in several(name, value)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}: see docs/settings.md.") from error


def hosts(names: list[str], *, ours: list[str]) -> list[str]:
    """Return host names in a common form, including those of our own addresses."""
    bare = (name.partition("://")[2] or name for name in [*names, *ours])
    alone = (name.lower().partition("/")[0].partition(":")[0].lstrip("*.") for name in bare)
    return sorted({name.removeprefix("www.") for name in alone} - {""})


def time_zone(name: str, value: str) -> str:
    try:
        return ZoneInfo(value).key
    except (ValueError, KeyError, OSError) as error:
        raise _wrong(name, f"{value!r} is not known") from error


def log_level(name: str, value: str) -> str:
    if value.upper() not in getLevelNamesMapping():
        raise _wrong(name, f"{value!r} is not known")
    return value.upper()


def origins(name: str, value: str) -> list[str]:
    """Parse a list of schemes with hosts, like "https://www.example.org"."""
    found = several(name, value)
    for each in found:
        if not _ORIGIN.fullmatch(each):
            raise ImproperlyConfigured(
                f"{name}: {each!r} is not an origin like https://www.example.org: "
                "see docs/settings.md."
            )
    return found


def address(name: str, value: str) -> str:
    """Parse the web address under which others reach the service."""
    is_address = re.fullmatch(r"https?://[^\s/?#@*;,'\"]+/?", value, re.IGNORECASE)
    # It is written into e-mails and headers: a name in other letters is meant in its xn-- form.
    if not (is_address and value.isascii()):
        raise ImproperlyConfigured(
            f"{name} must be an address like https://comments.example.org, not {value!r}: "
            "see docs/settings.md."
        )
    return value


def contact(name: str, value: str) -> str:
    """Return a link to a page or to an e-mail address, or "" if there is none."""
    if not value or re.fullmatch(r"https?://[^\s@<>'\"]+", value, re.IGNORECASE):
        return value
    if re.fullmatch(r"[^\s@<>?&'\"]+@[^\s@<>?&'\"]+", value):
        return f"mailto:{value}"
    raise _wrong(name, "must be an e-mail address or a web address")


def broker(name: str, value: str) -> str:
    """Require a known scheme: without one Celery would try another kind of broker forever."""
    try:
        parts = urlsplit(value)
        named = bool(parts.hostname or parts.path) and parts.port != 0
        known_kind = named and parts.scheme in BROKERS
    except ValueError:
        known_kind = False
    if value and not known_kind:
        raise _wrong(name, "must be a URL like redis://host:6379/0")
    return value


def token(name: str, value: str) -> str:
    if value and len(value) < MIN_TOKEN_LENGTH:
        raise ImproperlyConfigured(
            f"{name} is too short: it must have at least {MIN_TOKEN_LENGTH} characters."
        )
    return value


def judge_folder(name: str, value: str) -> str:
    if value and not (Path(value) / "judge.json").is_file():
        raise _wrong(name, f"{value} contains no judge.json")
    return value


def model_folder(name: str, value: str) -> str:
    """Check that the folder has a model. Loading it is left to the processes that need it."""
    if value and not (Path(value) / "info.json").is_file():
        raise _wrong(name, f"{value} contains no model")
    return value
