"""The mail server is set by a URL; a wrong one is named, and its password never shown."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.mail import MailServer, require_sender, sender, server


def test_each_kind_of_url() -> None:
    assert server("EMAIL_URL", "") is None
    assert server("EMAIL_URL", "smtp://localhost") == MailServer("localhost", 25)
    assert server("EMAIL_URL", "smtp+tls://joe:w%40rd@mail.example.org") == MailServer(
        "mail.example.org", 587, "joe", "w@rd", starttls=True
    )
    assert server("EMAIL_URL", "smtps://mail.example.org:4650/") == MailServer(
        "mail.example.org", 4650, tls=True
    )


@pytest.mark.parametrize(
    "url",
    [
        *("mail.example.org", "http://mail.example.org", "smtp://", "smtp://host:0"),
        *("smtp://host:99999", "smtps://joe:secret@host/box", "smtp://joe:secret@mail.example.org"),
    ],
)
def test_a_wrong_url_is_named_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL") as error:
        server("EMAIL_URL", url)
    assert "secret" not in str(error.value)


def test_a_password_goes_unencrypted_to_this_machine_only() -> None:
    assert server("EMAIL_URL", "smtp://joe:word@127.0.0.1:1025")
    with pytest.raises(ImproperlyConfigured, match=r"smtp\+tls or smtps"):
        server("EMAIL_URL", "smtp://joe:word@10.0.0.1")


@pytest.mark.parametrize("address", ["news@example.org", "Вісті <news@example.org>"])
def test_a_sender_may_have_a_name(address: str) -> None:
    assert sender("EMAIL_FROM", address) == address


@pytest.mark.parametrize(
    "address", ["news", "News <news>", "вісті@example.org", "a@b.c\nBcc: x@y.z"]
)
def test_a_wrong_sender_is_named(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_FROM"):
        sender("EMAIL_FROM", address)


def test_a_server_needs_a_sender() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_URL needs EMAIL_FROM"):
        require_sender("")
