"""The web origins (scheme, host, port) that belong to a site."""

from collections.abc import Collection
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

_PORTS = {"http": 80, "https": 443}


def is_allowed(url: str, listed: Collection[str]) -> bool:
    """Whether the URL belongs to one of the listed origins.

    If none is listed: to CORS_ALLOWED_ORIGINS or CSRF_TRUSTED_ORIGINS, or to a host in
    ALLOWED_HOSTS except "*".
    """
    address = _split(url)
    if address is None or "@" in address.netloc:
        return False
    origins = listed or [*settings.CORS_ALLOWED_ORIGINS, *settings.CSRF_TRUSTED_ORIGINS]
    if any(_is_of(address, origin) for origin in origins):
        return True
    hosts = [] if listed else settings.ALLOWED_HOSTS
    return any(_is_named(address, host) for host in hosts)


def is_origin(text: str) -> bool:
    """Whether the text is an origin; "*." before the host stands for all subdomains."""
    address = _split(text)
    return address is not None and text.rstrip("/") == f"{address.scheme}://{address.netloc}"


def _is_of(address: SplitResult, origin: str) -> bool:
    own = _split(origin)
    same = own is not None and (address.scheme, _port(address)) == (own.scheme, _port(own))
    return same and _is_host(address.hostname or "", (own and own.hostname) or "")


def _is_named(address: SplitResult, host: str) -> bool:
    """Compare with an entry of ALLOWED_HOSTS, where IPv6 addresses are in brackets."""
    return host != "*" and _is_host(address.hostname or "", host.lower().strip("[]"))


def _is_host(name: str, known: str) -> bool:
    """`known` may begin with "*." or "." for all subdomains."""
    bare = known.lstrip("*.")
    return name == bare or (known != bare and name.endswith(f".{bare}"))


def _port(address: SplitResult) -> int | None:
    return address.port or _PORTS.get(address.scheme)


def _split(url: str) -> SplitResult | None:
    try:
        address = urlsplit(url)
        known = bool(address.scheme in _PORTS and address.hostname and address.port != 0)
    except ValueError:
        return None
    return address if known else None
