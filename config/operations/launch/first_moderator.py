"""The account that the first start creates.

Its generated password is kept in VAR_DIR/moderator.txt, for the owner of that file only.
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


def kept_in() -> Path:
    path: Path = settings.VAR_DIR / "moderator.txt"
    return path


def ensure_first_moderator() -> None:
    """Brings the roles up to date; makes a lead's account where nobody at all could sign in."""
    ensure_roles()
    if User.objects.filter(is_staff=True).exists():
        return
    with transaction.atomic():
        user, password = make_member(NAME, Role.LEAD)
        record(AccountDeed.MADE, user, operator=operator())
        if password:
            _keep(password)


def how_to_sign_in(*, show_password: bool) -> str:
    """The name, and the password or where it is kept while it fits, otherwise what to do."""
    user = User.objects.filter(username=NAME, is_staff=True, is_active=True).first()
    if user is None:
        return "`manage.py add_moderator NAME` makes one"
    password = _kept_password()
    if password and user.check_password(password):
        shown = f"password {password} (kept in {kept_in()})"
        return f"{NAME}, {shown if show_password else f'whose password is in {kept_in()}'}"
    return (
        f"{NAME}, with the password that was set later; "
        f"`manage.py add_moderator {NAME} --reset` gives a new one"
    )


def _keep(password: str) -> None:
    kept_in().unlink(missing_ok=True)
    handle = os.open(kept_in(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{NAME}\n{password}\n")


def _kept_password() -> str:
    try:
        return kept_in().read_text().splitlines()[1]
    except (OSError, IndexError):
        return ""
