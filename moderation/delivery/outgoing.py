"""Send a request to an address that somebody else has chosen, and never into our own network.

The name is resolved once, its addresses are checked, and the connection goes to one of those, so a
name that resolves differently a moment later leads nowhere else. Redirects and proxies are not
followed, and the answer's body is not read.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Through these an IPv6 address leads to an IPv4 one: NAT64, and the old IPv4-compatible form.
_TRANSLATED = [ipaddress.ip_network(each) for each in ("64:ff9b::/96", "::/96")]
# The NAT64 of a local network, which Python calls public: where it leads depends on that network.
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")
_PORTS = {"http": 80, "https": 443}


class RefusedError(Exception):
    """The address must not be used; the message is one word for the log."""


@dataclass(frozen=True)
class Answer:
    """What a server answered: its HTTP status, and for how many seconds it wants to be left."""

    status: int
    retry_after: str = ""


class _Pinned(http.client.HTTPConnection):
    """A connection to a checked address, encrypted for the name it was asked for by."""

    def __init__(self, parts: SplitResult, address: str, timeout: float) -> None:
        self._encrypted, self._address = parts.scheme == "https", address
        super().__init__(parts.hostname or "", parts.port or _PORTS[parts.scheme], timeout=timeout)
        self.default_port = _PORTS[parts.scheme]

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        if not self._encrypted:
            self.sock = plain
            return
        try:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def post(url: str, *, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer:
    """Post the body; raises RefusedError, OSError or http.client.HTTPException.

    `timeout` holds for each step of the exchange, not for all of it together.
    """
    parts = _split(url)
    connection = _Pinned(parts, _checked_address(parts), timeout)
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    try:
        connection.request("POST", path, body, {**headers, "User-Agent": "Peredmova"})
        response = connection.getresponse()
        return Answer(response.status, response.headers.get("Retry-After", ""))
    finally:
        connection.close()


def is_possible(url: str) -> bool:
    """Return whether the URL has a form that `post` accepts; its host may still be refused."""
    try:
        _split(url)
    except RefusedError:
        return False
    return True


def is_safe(url: str) -> bool:
    """Return whether what is posted to the URL cannot be read on its way over public networks."""
    return url.startswith("https://") or bool(settings.WEBHOOK_PRIVATE_NETWORKS)


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in _PORTS and parts.hostname and parts.port != 0
    except ValueError:
        is_whole = None
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if not (is_whole and is_plain) or "@" in parts.netloc:
        raise RefusedError("malformed")
    return parts


def _checked_address(parts: SplitResult) -> str:
    """Return an address of the host; raises RefusedError unless all of them are allowed."""
    port = parts.port or _PORTS[parts.scheme]
    try:
        found: Any = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise RefusedError("unknown host") from None
    addresses = [ipaddress.ip_address(where[0].partition("%")[0]) for *_kind, where in found]
    for address in addresses:
        if not _is_allowed(_reached(address), encrypted=parts.scheme == "https"):
            raise RefusedError("private address")
    return str(addresses[0])


def _is_allowed(address: Address, *, encrypted: bool) -> bool:
    """Public addresses are reached over TLS only; others only if the operator has listed them."""
    listed = any(
        address.version == network.version and address in network
        for network in settings.WEBHOOK_PRIVATE_NETWORKS
    )
    is_local = address.is_multicast or address.is_reserved or address in _LOCAL_NAT64
    return listed or (address.is_global and not is_local and encrypted)


def _reached(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address leads to, or the address itself."""
    if address.version == 4:
        return address
    inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
    # The addresses :: and ::1 are themselves.
    if inner is None and int(address) > 1 and any(address in each for each in _TRANSLATED):
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address
