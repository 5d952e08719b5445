"""The address of a request: what trusted proxies sent is used, what a reader sent is not."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.test import RequestFactory

from config.client_ip import client_address, network_of, networks_of


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "1.1.1.1, 198.51.100.1, 10.0.0.9", "198.51.100.1"),
        ("10.0.0.2", "10.0.0.8, 10.0.0.9", "10.0.0.8"),
        ("10.0.0.2", "198.51.100.1, <script>", "10.0.0.2"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("10.0.0.2", "2001:DB8:0:0::5", "2001:db8::5"),
        ("::ffff:203.0.113.7", "", "203.0.113.7"),
        ("", "198.51.100.1", "127.0.0.1"),
        ("/run/nginx.sock", "", "127.0.0.1"),
    ],
    ids=[
        "no proxy",
        "forged past no proxy",
        "one proxy",
        "forged through a proxy",
        "forged through two proxies",
        "only proxies",
        "no address at all",
        "a proxy that tells nothing",
        "another spelling of IPv6",
        "IPv4 in IPv6",
        "a Unix socket that is not trusted",
        "a Unix socket with a name",
    ],
)
def test_the_nearest_hop_that_is_no_trusted_proxy_is_the_reader(
    settings: Any, peer: str, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]
    request = RequestFactory().get("/", REMOTE_ADDR=peer)
    if forwarded:
        request.META["HTTP_X_FORWARDED_FOR"] = forwarded
    assert client_address(request) == address


def test_a_proxy_on_a_unix_socket_counts_as_one_on_this_machine() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="")
    assert client_address(request) == "127.0.0.1"
    request.META["HTTP_X_FORWARDED_FOR"] = "1.1.1.1, 198.51.100.1"
    assert client_address(request) == "198.51.100.1"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_the_addresses_of_a_reader_count_as_one(address: str, network: str) -> None:
    assert network_of(address) == network


def test_an_ipv6_address_is_in_each_network_that_one_person_may_own() -> None:
    wide = ["2001:db8:1:2fe::/64", "2001:db8:1:200::/56", "2001:db8:1::/48"]
    assert networks_of("2001:db8:1:2fe:3:4:5:6") == wide
    assert networks_of("203.0.113.7") == ["203.0.113.7"]
