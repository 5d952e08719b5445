"""Find a client's address; only trusted proxies may forward one."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Protocol

from django.conf import settings

Address = IPv4Address | IPv6Address
# Prefix lengths of IPv6: a household or a phone can use any address of a /64, an office or a rented
# server any of a /56 or a /48.
_PREFIXES = (64, 56, 48)
# Used for a peer on a Unix socket, which has no address.
_THIS_MACHINE = "127.0.0.1"


class HasMeta(Protocol):
    """A request of Django or of REST framework."""

    @property
    def META(self) -> dict[str, str]: ...  # noqa: N802


def client_address(request: HasMeta) -> str:
    """Return the address of the nearest hop that is not a trusted proxy.

    X-Forwarded-For is read backwards from its end, which the nearest proxy wrote, to the first hop
    that is not in TRUSTED_PROXIES: anything further may be forged.
    """
    nearest = _THIS_MACHINE
    for hop in _hops(request):
        address = _address(hop)
        if address is None:
            break
        nearest = str(address)
        if not any(address in network for network in settings.TRUSTED_PROXIES):
            break
    return nearest


def network_of(address: str) -> str:
    """Return the network of one reader: the IPv4 address, or the /64 of IPv6."""
    return networks_of(address)[0]


def networks_of(address: str) -> list[str]:
    """Return the networks of an address, narrowest first: one for IPv4, three for IPv6."""
    if ":" not in address:
        return [address]
    bare = address.partition("%")[0]
    return [str(ip_network(f"{bare}/{bits}", strict=False)) for bits in _PREFIXES]


def _hops(request: HasMeta) -> Iterator[str]:
    peer = request.META.get("REMOTE_ADDR", "")
    yield peer if _address(peer) else _THIS_MACHINE
    yield from reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(","))


def _address(text: str) -> Address | None:
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
