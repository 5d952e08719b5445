"""Parsers for the values of environment variables.

`read` takes a setting, and one of the functions below it says what that must be: it gets the
setting's name and its text, and returns the value, or raises ImproperlyConfigured with one sentence
that names the setting. No sentence repeats a value that may hold a password.
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

TOKEN_LEAST = 20
BROKERS = {"redis", "rediss", "redis+socket"}
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
# How like a setting's name another must be, to be taken for it: REDIS_URI is, HOSTNAME is not.
ALIKE = 0.85
_ORIGIN = re.compile(r"https?://(\*\.)?[^\s/?#@*;,'\"]+", re.IGNORECASE)

# The names of all settings that were read, and those of them that are secrets.
known: set[str] = set()
secrets: set[str] = set()


def read(name: str, default: str, parse: Parse[T]) -> T:
    """The setting's value; set to nothing it counts as not set."""
    known.add(name)
    return parse(name, os.environ.get(name) or default)


def read_secret(name: str, default: str, parse: Parse[T]) -> T:
    """The same for a setting that may stand in a file instead, which NAME_FILE names."""
    known.add(name)
    secrets.add(name)
    return parse(name, secret(name) or default)


def secret(name: str) -> str:
    """What the environment or the named file says; empty where neither does.

    Raises ImproperlyConfigured where both do, and where the file is of no use.
    """
    value, path = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if value and path:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one of them.")
    return _content(f"{name}_FILE", path) if path else value


def _content(name: str, path: str) -> str:
    try:
        content = Path(path).read_text("utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name} {path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise ImproperlyConfigured(f"{name} {path} does not hold text.") from None
    if not content:
        raise ImproperlyConfigured(f"{name} {path} is empty.")
    return content


def misspelt() -> dict[str, str]:
    """Names in the environment that are no settings, each with the setting it resembles."""
    names = known | {f"{name}_FILE" for name in secrets}
    strange = sorted(os.environ.keys() - names)
    alike = {name: get_close_matches(name.upper(), names, n=1, cutoff=ALIKE) for name in strange}
    return {name: found[0] for name, found in alike.items() if found}


def _wrong(name: str, words: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {words}: see docs/settings.md.")


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


def number_between(least: int, most: int, words: str) -> Parse[int]:
    def parse(name: str, value: str) -> int:
        if not least <= (number := whole_number(name, value)) <= most:
            raise _wrong(name, words)
        return number

    return parse


seconds = number_between(1, 3600, "must be from 1 to 3600 seconds")
positive = number_between(1, 100_000, "must be a number from 1 on")
# No more than a century: before the year 1 there is no date to count from.
days = number_between(0, 36_500, "is more than a hundred years")
hours = number_between(0, 24 * 36_500, "is more than a hundred years")


def port(name: str, value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise ImproperlyConfigured(f"{name} must be a number from 1 to 65535, not {value!r}.")
    return int(value)


def several(_: str, value: str) -> list[str]:
    """What stands between commas."""
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
    """Django's entry for an address; one of PostgreSQL is read as PostgreSQL's own programs do."""
    if value.startswith("sqlite://"):
        path = unquote(value.removeprefix("sqlite://").removeprefix("/"))
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": path or ":memory:"}
    # Imported where it is needed: the driver takes a while.
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        if not value.startswith(("postgres://", "postgresql://")):
            raise ProgrammingError
        options = conninfo_to_dict(value)
    except ProgrammingError:
        # Without the cause, which quotes the address and its password.
        raise _wrong(name, "must be an address like postgres://user:password@host/name") from None
    parts = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    entry = {key: options.pop(part, "") for key, part in {**parts, "PORT": "port"}.items()}
    return {"ENGINE": "django.db.backends.postgresql", **entry, "OPTIONS": options}


def rates(name: str, value: str) -> list[RateLimitItem]:
    """ "20/minute;200/hour" as limits; none for "off"."""
    if value == "off":
        return []
    try:
        return parse_many(value)
    except ValueError as error:
        raise _wrong(name, f"{value!r} is no rate") from error


def networks(name: str, value: str) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(each) for each in several(name, value)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}: see docs/settings.md.") from error


def hosts(names: list[str], *, ours: list[str]) -> list[str]:
    """The names of hosts, those of our own addresses too."""
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
    """Schemes with hosts, and nothing after them: "https://www.example.org"."""
    found = several(name, value)
    for each in found:
        if not _ORIGIN.fullmatch(each):
            raise ImproperlyConfigured(
                f"{name}: {each!r} is no origin, like https://www.example.org: "
                "see docs/settings.md."
            )
    return found


def broker(name: str, value: str) -> str:
    """Without a scheme the worker would ask for a broker of another kind, for ever."""
    try:
        parts = urlsplit(value)
        named = bool(parts.hostname or parts.path) and parts.port != 0
        known_kind = named and parts.scheme in BROKERS
    except ValueError:
        known_kind = False
    if value and not known_kind:
        raise _wrong(name, "must be an address like redis://host:6379/0")
    return value


def token(name: str, value: str) -> str:
    if value and len(value) < TOKEN_LEAST:
        raise ImproperlyConfigured(
            f"{name} can be guessed: it must have at least {TOKEN_LEAST} characters."
        )
    return value


def model_folder(name: str, value: str) -> str:
    """What is in it is for the worker to read; that there is something is for the start."""
    if value and not (Path(value) / "info.json").is_file():
        raise _wrong(name, f"{value} holds no model")
    return value
