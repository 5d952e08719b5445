"""Encrypt contacts with CONTACT_KEYS: the first key encrypts, every key decrypts its own."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class WrongKeyError(Exception):
    """What was sealed cannot be opened: its key is not there. The message names the setting."""

    def __init__(self) -> None:
        super().__init__("CONTACT_KEYS lacks the key that this was encrypted with.")


def seal(text: str) -> str:
    """The text for its column; nothing stays nothing."""
    return _keys().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """The text that was sealed; raises WrongKeyError."""
    return _opened(sealed) if sealed else ""


def key_id() -> str:
    """Which key seals now: 16 hex digits that tell nothing of it."""
    return sha256(f"contact key {settings.CONTACT_KEYS[0]}".encode()).hexdigest()[:16]


def _opened(sealed: str) -> str:
    try:
        return _keys().decrypt(sealed).decode()
    except InvalidToken:
        raise WrongKeyError from None


def _keys() -> MultiFernet:
    return _made_of(tuple(settings.CONTACT_KEYS))


@cache
def _made_of(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
