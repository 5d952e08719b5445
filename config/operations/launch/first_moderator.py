"""The account that the first start creates.

Its generated password is stored in VAR_DIR/moderator.txt, readable only by the file's owner.
"""

import os
from pathlib import Path

from django.conf import settings
from django.db import transaction

from moderation.accounts.log import record
from moderation.accounts.models import AccountDeed, User
from moderation.accounts.roles import Role, ensure_roles, make_member
from moderation.management.person import operator

NAME = "moderator"


def password_file() -> Path:
    path: Path = settings.VAR_DIR / "moderator.txt"
    return path


def ensure_first_moderator() -> None:
    """Update the roles; create a lead's account if nobody has access to the desk."""
    ensure_roles()
    if User.objects.filter(is_staff=True).exists():
        return
    with transaction.atomic():
        user, password = make_member(NAME, Role.LEAD)
        record(AccountDeed.MADE, user, operator=operator())
        if password:
            _store(password)


def how_to_sign_in(*, show_password: bool) -> str:
    """Return the name with the password or the file that has it, or how to set a new one."""
    user = User.objects.filter(username=NAME, is_staff=True, is_active=True).first()
    if user is None:
        return "create one with `manage.py add_moderator NAME`"
    password = _stored_password()
    if password and user.check_password(password):
        shown = f"password {password} (stored in {password_file()})"
        return f"{NAME}, {shown if show_password else f'password in {password_file()}'}"
    return (
        f"{NAME}, with the password that was set at the desk; "
        f"`manage.py add_moderator {NAME} --reset` sets a new one"
    )


def _store(password: str) -> None:
    password_file().unlink(missing_ok=True)
    handle = os.open(password_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{NAME}\n{password}\n")


def _stored_password() -> str:
    try:
        return password_file().read_text().splitlines()[1]
    except (OSError, IndexError):
        return ""
