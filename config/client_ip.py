"""Find a client's address: trusted proxies are believed, clients are not."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Protocol

from django.conf import settings

Address = IPv4Address | IPv6Address
# A household or a telephone has the first of these to choose its addresses from; an office, or a
# rented server, the others too.
_NEIGHBOURS = (64, 56, 48)
# What a peer on a Unix socket counts as: it has no address, and is on this machine.
_THIS_MACHINE = "127.0.0.1"


class HasMeta(Protocol):
    """A request of Django or of REST framework."""

    @property
    def META(self) -> dict[str, str]: ...  # noqa: N802


def client_address(request: HasMeta) -> str:
    """Return the address of the nearest hop that is not a trusted proxy.

    X-Forwarded-For is read from its end, which the nearest proxy wrote, up to the first hop that is
    not in TRUSTED_PROXIES: anything before it may be forged.
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
    return [str(ip_network(f"{bare}/{bits}", strict=False)) for bits in _NEIGHBOURS]


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
