"""Two-factor sign-in: who must give a one-time code, and whether it is right."""

import math
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from moderation.accounts.log import record
from moderation.accounts.models import AccountDeed, CodeGenerator, RecoveryCodes, User
from moderation.accounts.roles import PERMISSIONS, Role

# The permissions that only leads have.
ONLY_LEADS = set(PERMISSIONS[Role.LEAD]) - {
    *PERMISSIONS[Role.MODERATOR],
    *PERMISSIONS[Role.AUDITOR],
}


class WaitError(Exception):
    """Wrong codes were entered: the next is accepted after this many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def required_of(user: User) -> bool:
    """Return whether ONE_TIME_CODES requires codes of this user."""
    if settings.ONE_TIME_CODES == "leads":
        return any(user.has_perm(name) for name in ONLY_LEADS)
    return bool(settings.ONE_TIME_CODES == "all")


def used_by(user: User) -> bool:
    """Return whether this user has set codes up."""
    return bool(CodeGenerator.objects.filter(user=user, confirmed=True).exists())


def may_enter(user: Any) -> bool:
    """Return whether the user needs no code, or has given one in this session."""
    if getattr(user, "otp_device", None):
        return True
    return not (required_of(user) or used_by(user))


def new_generator(user: User) -> Any:
    """Return the generator being set up: the same one until its first code is entered."""
    return CodeGenerator.objects.get_or_create(user=user, confirmed=False)[0]


def set_up(user: User, code: str) -> Any | None:
    """Activate the new generator in place of earlier ones if the code is correct.

    Raises WaitError.
    """
    with transaction.atomic():
        fresh = CodeGenerator.objects.select_for_update().filter(user=user, confirmed=False).first()
        if not (fresh and _verified(fresh, _plain(code))):
            return None
        CodeGenerator.objects.filter(user=user).exclude(pk=fresh.pk).delete()
        fresh.confirmed = True
        fresh.save()
        record(AccountDeed.CODES_ON, user, actor=user)
        return fresh


def accept(user: User, code: str) -> Any | None:
    """Return the device of a correct code: six digits for the generator, else a recovery code.

    A code works once. Raises WaitError.
    """
    plain = _plain(code)
    by_generator = plain.isdecimal() and len(plain) == 6
    kind: Any = CodeGenerator if by_generator else RecoveryCodes
    with transaction.atomic():
        device = kind.objects.select_for_update().filter(user=user, confirmed=True).first()
        right = bool(device and _verified(device, plain))
        good = AccountDeed.CODE_RIGHT if by_generator else AccountDeed.RECOVERY_USED
        record(good if right else AccountDeed.CODE_WRONG, user, actor=user)
        return device if right else None


def renew_recovery_codes(user: User) -> list[str]:
    with transaction.atomic():
        codes = RecoveryCodes.objects.get_or_create(user=user, defaults={"confirmed": True})[0]
        record(AccountDeed.RECOVERY_MADE, user, actor=user)
        made: list[str] = codes.renew()
        return made


def recovery_codes_left(user: User) -> int:
    return sum(device.token_set.count() for device in RecoveryCodes.objects.filter(user=user))


def remove_codes(user: User, *, operator: str = "") -> bool:
    """Remove a user's codes, for the user or an operator; return whether there were any."""
    with transaction.atomic():
        found = used_by(user)
        CodeGenerator.objects.filter(user=user).delete()
        RecoveryCodes.objects.filter(user=user).delete()
        if found:
            deed = AccountDeed.CODES_RESET if operator else AccountDeed.CODES_OFF
            record(deed, user, actor=None if operator else user, operator=operator)
        return found


def _verified(device: Any, code: str) -> bool:
    allowed, details = device.verify_is_allowed()
    if not allowed:
        raise WaitError(math.ceil((details["locked_until"] - timezone.now()).total_seconds()))
    return bool(device.verify_token(code))


def _plain(code: str) -> str:
    return "".join(filter(str.isalnum, code)).lower()
