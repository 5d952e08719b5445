"""Settings that are more than one word: rates and networks, each wrong one named."""

from ipaddress import IPv4Network, IPv6Network, ip_network

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
