"""A lock on VAR_DIR: one running service, or one `restore`, at a time."""

import fcntl
import os

from django.conf import settings


class CannotStartError(Exception):
    """The service cannot start; the message is one sentence that names what to correct."""


def hold_var_dir() -> None:
    """Lock VAR_DIR for this process, and for the supervisor that inherits the open file."""
    lock = os.open(settings.VAR_DIR / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(lock, True)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotStartError(
            f"The service is already running with VAR_DIR {settings.VAR_DIR}: stop it first."
        ) from None
