"""Settings with a form of their own, each wrong one named."""

import re
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from logging import getLevelNamesMapping
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from limits import RateLimitItem, parse_many

TOKEN_LEAST = 20
BROKERS = {"redis", "rediss", "redis+socket"}
_ORIGIN = re.compile(r"https?://(\*\.)?[^\s/?#@*;,'\"]+", re.IGNORECASE)


def rates(name: str, text: str) -> list[RateLimitItem]:
    """ "20/minute;200/hour" as limits; none for "off"."""
    if text == "off":
        return []
    try:
        return parse_many(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} {text!r} is no rate: see docs/settings.md.") from error


def networks(name: str, texts: list[str]) -> list[IPv4Network | IPv6Network]:
    try:
        return [ip_network(text.strip()) for text in texts]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}: see docs/settings.md.") from error


def hosts(names: list[str], *, ours: list[str]) -> list[str]:
    """The names of hosts, those of our own addresses too."""
    bare = (name.partition("://")[2] or name for name in [*names, *ours])
    alone = (name.lower().partition("/")[0].partition(":")[0].lstrip("*.") for name in bare)
    return sorted({name.removeprefix("www.") for name in alone} - {""})


def time_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ValueError, KeyError, OSError) as error:
        raise ImproperlyConfigured(
            f"TIME_ZONE {name!r} is not known: see docs/settings.md."
        ) from error


def log_level(name: str) -> str:
    if name.upper() not in getLevelNamesMapping():
        raise ImproperlyConfigured(f"LOG_LEVEL {name!r} is not known: see docs/settings.md.")
    return name.upper()


def log_format(name: str) -> str:
    if name.lower() not in {"text", "json"}:
        raise ImproperlyConfigured(f"LOG_FORMAT {name!r} is neither text nor json.")
    return name.lower()


def seconds(name: str, number: int) -> int:
    if not 0 < number <= 3600:
        raise ImproperlyConfigured(f"{name} must be from 1 to 3600 seconds: see docs/settings.md.")
    return number


def days(name: str, number: int) -> int:
    if number > 36_500:
        raise ImproperlyConfigured(f"{name} is more than a hundred years: see docs/settings.md.")
    return number


def hours(name: str, number: int) -> int:
    """No more than a century: before the year 1 there is no date to count from."""
    if number > 24 * 36_500:
        raise ImproperlyConfigured(f"{name} is more than a hundred years: see docs/settings.md.")
    return number


def positive(name: str, number: int) -> int:
    if not 0 < number <= 100_000:
        raise ImproperlyConfigured(f"{name} must be a number from 1 on: see docs/settings.md.")
    return number


def origins(name: str, texts: list[str]) -> list[str]:
    """Schemes with hosts, and nothing after them: "https://www.example.org"."""
    for text in texts:
        if not _ORIGIN.fullmatch(text):
            raise ImproperlyConfigured(
                f"{name}: {text!r} is no origin, like https://www.example.org: "
                "see docs/settings.md."
            )
    return texts


def broker(name: str, url: str) -> str:
    """Without a scheme the worker would ask for a broker of another kind, for ever.

    The address is not told: it may hold a password.
    """
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname or parts.path) and parts.port != 0
        known = named and parts.scheme in BROKERS
    except ValueError:
        known = False
    if url and not known:
        raise ImproperlyConfigured(
            f"{name} must be an address like redis://host:6379/0: see docs/settings.md."
        )
    return url


def token(name: str, text: str) -> str:
    if text and len(text) < TOKEN_LEAST:
        raise ImproperlyConfigured(
            f"{name} can be guessed: it must have at least {TOKEN_LEAST} characters."
        )
    return text


def model_folder(name: str, path: str) -> str:
    """What is in it is for the worker to read; that there is something is for the start."""
    if path and not (Path(path) / "info.json").is_file():
        raise ImproperlyConfigured(f"{name} {path} holds no model: see docs/settings.md.")
    return path


def one_of(name: str, word: str, known: Sequence[str]) -> str:
    if word not in known:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(known)}, not {word!r}.")
    return word
