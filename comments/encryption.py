"""Encrypt contacts with CONTACT_KEYS: the first key encrypts, every key decrypts its own."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class WrongKeyError(Exception):
    """CONTACT_KEYS lacks the key that a value was encrypted with."""

    def __init__(self) -> None:
        super().__init__("CONTACT_KEYS lacks the key that this was encrypted with.")


def seal(text: str) -> str:
    """Encrypt the text for its column; an empty text stays empty."""
    return _keys().encrypt(text.encode()).decode() if text else ""


def unseal(sealed: str) -> str:
    """Decrypt a sealed text; raises WrongKeyError."""
    return _decrypted(sealed) if sealed else ""


def key_id() -> str:
    """The id of the current key: 16 hex digits of its hash."""
    return sha256(f"contact key {settings.CONTACT_KEYS[0]}".encode()).hexdigest()[:16]


def _decrypted(sealed: str) -> str:
    try:
        return _keys().decrypt(sealed).decode()
    except InvalidToken:
        raise WrongKeyError from None


def _keys() -> MultiFernet:
    return _multi_fernet(tuple(settings.CONTACT_KEYS))


@cache
def _multi_fernet(keys: Sequence[str]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
