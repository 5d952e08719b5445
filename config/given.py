"""Settings with a form of their own, each wrong one named."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from logging import getLevelNamesMapping
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured
from limits import RateLimitItem, parse_many


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


def positive(name: str, number: int) -> int:
    if not 0 < number <= 100_000:
        raise ImproperlyConfigured(f"{name} must be a number from 1 on: see docs/settings.md.")
    return number
