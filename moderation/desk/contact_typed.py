"""The e-mail or network address in what a moderator types, in any form it is copied in."""

import re
import unicodedata
from collections.abc import Iterator
from ipaddress import ip_interface, ip_network
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from config.client_ip import network_of

UNCLEAR = _(
    "There seems to be an e-mail or a network address in this. Type one in full, with nothing else."
)
# What may stand around an e-mail, as in a mail's header, a link or a sentence.
_AROUND = r"\s<>()\[\]{},;:\"«»“”„‘’`|/\\?&=#"
_EMAIL = re.compile(rf"[^@{_AROUND}]*\s*@\s*[^@{_AROUND}]+\.[^@{_AROUND}.]+")
_ADDRESS = re.compile(
    r"((?<![\w.])\d{1,3}(?:\.\d{1,3}){3}|(?<![0-9a-f:.])[0-9a-f]*:[0-9a-f:]*:[0-9a-f:.]*)"
    r"(?:%\w+)?(/\d{1,3})?(?!\w|\.\d)",
    re.IGNORECASE,
)


def contact_in(typed: str) -> str:
    """Return the one e-mail or network address in a text, or "".

    Raises ValidationError if there are several, or one that cannot be searched for.
    """
    if _is_email(typed):
        return typed
    text = unquote(unicodedata.normalize("NFKC", typed))
    found = {*_emails_in(text), *_addresses_in(text)}
    if len(found) > 1:
        raise ValidationError(UNCLEAR)
    return found.pop() if found else ""


def _emails_in(text: str) -> Iterator[str]:
    for match in _EMAIL.finditer(text):
        email = match[0].strip("'.!").lower()
        if not _is_email(email):
            raise ValidationError(UNCLEAR)
        yield email


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _addresses_in(text: str) -> Iterator[str]:
    for match in _ADDRESS.finditer(text):
        written, prefix = match[1], match[2] or ""
        # A colon or a full stop beside it may belong to the sentence.
        for bare in (written, written.lstrip(":"), written.rstrip(":."), written.strip(":.")):
            if address := _address(bare, prefix):
                yield address
                break


def _address(bare: str, prefix: str) -> str:
    """Return an address. Raises ValidationError if it stands for many readers' networks."""
    try:
        found = ip_interface(f"{bare}{prefix}")
    except ValueError:
        return ""
    address = getattr(found.ip, "ipv4_mapped", None) or found.ip
    readers = ip_network(network_of(str(address)))
    if prefix and found.network.num_addresses > readers.num_addresses:
        raise ValidationError(UNCLEAR)
    return "" if found.ip.is_unspecified else str(address)
