"""The settings of the mail server: a URL, and the sender's address."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.validators import validate_email

# How the connection is encrypted, and the usual port.
_KINDS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class MailServer:
    host: str
    port: int
    user: str = ""
    # Not in a page of errors, nor in `diffsettings`.
    password: str = field(default="", repr=False)
    starttls: bool = False
    tls: bool = False


def server(name: str, value: str) -> MailServer | None:
    """Parse a URL like smtp+tls://user:password@mail.example.org:587; "" for no mail."""
    if not value:
        return None
    try:
        parts = urlsplit(value)
        port, host = parts.port, parts.hostname
    except ValueError:
        port, host, parts = 0, None, urlsplit("")
    rest = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in _KINDS or not host or port == 0 or rest:
        # Without the value, which may contain a password.
        raise ImproperlyConfigured(
            f"{name} must be a URL like smtp+tls://user:password@mail.example.org:587, with smtp, "
            "smtp+tls or smtps: see docs/settings.md."
        )
    if parts.password and parts.scheme == "smtp" and host not in _THIS_MACHINE:
        raise ImproperlyConfigured(
            f"{name} would send its password unencrypted: use smtp+tls or smtps."
        )
    return MailServer(
        host=host,
        port=port or _KINDS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )


def sender(name: str, value: str) -> str:
    """Check an address, with a name or without: "News <comments@example.org>"."""
    if not value:
        return ""
    _name, address = parseaddr(value)
    try:
        validate_email(address)
    except Exception:
        address = ""
    if not address or not address.isascii() or "\n" in value:
        raise ImproperlyConfigured(
            f"{name} must be an address like News <comments@example.org>: see docs/settings.md."
        )
    return value


def require_sender(address: str) -> None:
    """Raise ImproperlyConfigured without a sender: without one no server takes an e-mail."""
    if not address:
        raise ImproperlyConfigured(
            "EMAIL_URL needs EMAIL_FROM too, the address from which e-mails come."
        )
