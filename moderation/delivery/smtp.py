"""Hand e-mails to the mail server, so that it is known of each whether the server has it.

Only an exchange that breaks after the content was sent leaves that open. The server's own words are
never passed on: they quote the address.
"""

import logging
import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from enum import Enum
from typing import Any

from django.core.mail import get_connection

logger = logging.getLogger(__name__)


class Result(Enum):
    SENT = "sent"
    # Not taken; another attempt may succeed.
    LATER = "later"
    # Not sent: another worker has it, or the reader has unsubscribed in the meantime.
    TAKEN = "taken"
    # This address will never take it.
    REFUSED = "refused"
    # The connection broke while the server had the content.
    UNCLEAR = "unclear"


class ServerError(Exception):
    """The mail server takes nothing at all now; the message has its code or kind only."""


@contextmanager
def connected(timeout: float) -> Iterator[smtplib.SMTP]:
    """Open and close a connection; raises ServerError."""
    backend: Any = get_connection(timeout=timeout)
    try:
        backend.open()
        backend.connection.ehlo_or_helo_if_needed()
    except Exception as error:
        raise ServerError(said(error)) from None
    try:
        yield backend.connection
    finally:
        with suppress(smtplib.SMTPException, OSError):
            backend.close()


def hand_over(
    server: smtplib.SMTP, letter: EmailMessage, to: str, begin: Callable[[], bool]
) -> tuple[Result, str]:
    """Send an e-mail to `to`; return what came of it, and the server's code or the kind of error.

    `begin` is called when only the content is left to send, and says whether to send it. Raises
    ServerError if the server does not take our e-mails.
    """
    sender = letter["From"].addresses[0].addr_spec
    try:
        code, _words = server.mail(sender)
        if code != 250:
            raise ServerError(str(code))
    except (smtplib.SMTPException, OSError) as error:
        raise ServerError(said(error)) from None
    try:
        code, _words = server.rcpt(to)
    except (smtplib.SMTPException, OSError) as error:
        # Perhaps only this address is slow: the others must not wait for it.
        return Result.LATER, said(error)
    if code not in (250, 251):
        _forget(server)
        return _refusal(code), str(code)
    if not begin():
        _forget(server)
        return Result.TAKEN, ""
    return _content(server, letter)


def _forget(server: smtplib.SMTP) -> None:
    """Make the server ready for another e-mail; if it is gone, the connection is closed."""
    with suppress(smtplib.SMTPException, OSError):
        server.rset()


def said(error: BaseException) -> str:
    """Return the code of a server's answer, or the kind of the error."""
    code = getattr(error, "smtp_code", None)
    return str(code) if isinstance(code, int) and code > 0 else type(error).__name__


def _content(server: smtplib.SMTP, letter: EmailMessage) -> tuple[Result, str]:
    try:
        code, _words = server.data(letter.as_bytes())
    except smtplib.SMTPDataError as error:
        # The server did not want the content, so it has nothing.
        return _refusal(error.smtp_code), said(error)
    except Exception as error:
        return Result.UNCLEAR, said(error)
    return (Result.SENT if code == 250 else _refusal(code)), str(code)


def _refusal(code: int) -> Result:
    return Result.REFUSED if 500 <= code < 600 else Result.LATER
