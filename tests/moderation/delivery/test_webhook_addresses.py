"""Webhooks reach public servers only, and over TLS, whatever the address is called."""

import socket
from ipaddress import ip_network
from typing import Any

import pytest

from moderation.delivery import outgoing
from moderation.delivery.models import Message
from moderation.delivery.outgoing import RefusedError
from tests.makers import make_comment
from tests.moderation.delivery.receiver import Receiver, deliver, make_endpoint

INSIDE = (
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200"),
    *("0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1%eth0"),
    *("fd00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::1", "::127.0.0.1"),
    *("64:ff9b:1::a00:1", "64:ff9b:1::5db8:d70e", "2001:0:0:0:0:0:f5ff:fffe"),
)
PUBLIC = "93.184.215.14"


def post(url: str) -> Any:
    return outgoing.post(url, body=b"{}", headers={}, timeout=1)


def resolved(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[Any]:
    """Make every name resolve to these; return where connections are opened to."""
    opened: list[Any] = []

    def connect(where: Any, _timeout: Any) -> Any:
        opened.append(where)
        raise TimeoutError

    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    monkeypatch.setattr(socket, "create_connection", connect)
    return opened


@pytest.mark.parametrize("address", INSIDE)
def test_no_name_leads_inside(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    opened = resolved(monkeypatch, address)
    with pytest.raises(RefusedError, match="private address"):
        post("https://hooks.example.org/")
    assert opened == []


def test_one_private_address_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = resolved(monkeypatch, PUBLIC, "10.0.0.1")
    with pytest.raises(RefusedError):
        post("https://hooks.example.org/")
    assert opened == []


def test_the_connection_goes_to_the_address_that_was_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = resolved(monkeypatch, PUBLIC)
    with pytest.raises(TimeoutError):
        post("https://hooks.example.org/")
    assert opened == [(PUBLIC, 443)]


def test_nothing_goes_to_a_public_address_without_tls(monkeypatch: pytest.MonkeyPatch) -> None:
    resolved(monkeypatch, PUBLIC)
    with pytest.raises(RefusedError):
        post("http://hooks.example.org/")


@pytest.mark.parametrize("url", ["http://localhost/", "https://2130706433/", "http://0x7f.1/"])
def test_spellings_of_this_machine_are_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        post(url)


@pytest.mark.parametrize(
    "url",
    [
        *("ftp://example.org/", "https://", "https://a:b@example.org/", "https://example.org:0/"),
        *("https://example.org/\nX: y", "https://exámple.org/", "file:///etc/passwd", "x"),
    ],
)
def test_an_address_of_another_form_is_refused(url: str) -> None:
    assert not outgoing.is_possible(url)
    with pytest.raises(RefusedError):
        post(url)


def test_networks_that_the_operator_lists_are_reached(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.WEBHOOK_PRIVATE_NETWORKS = [ip_network("10.0.0.0/8")]
    opened = resolved(monkeypatch, "10.0.0.1")
    with pytest.raises(TimeoutError):
        post("http://hooks.internal:8080/")
    assert opened == [("10.0.0.1", 8080)]
    resolved(monkeypatch, "192.168.0.1")
    with pytest.raises(RefusedError):
        post("http://hooks.internal/")


@pytest.mark.django_db
def test_the_log_says_why_nothing_was_sent(receiver: Receiver, settings: Any) -> None:
    settings.WEBHOOK_PRIVATE_NETWORKS = []
    make_endpoint(receiver.url, "comment.created")
    make_comment()
    deliver()
    assert receiver.requests == []
    assert Message.objects.get().answer == "private address"
