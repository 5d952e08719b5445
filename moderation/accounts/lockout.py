"""Lock an account after wrong passwords (handler and parameters of django-axes).

Failures are counted by network and by name: after ten of either, strangers are locked out for 15
minutes. A browser that has signed in with the name before is counted separately, so that a stranger
cannot lock its owner out.

Checking a password takes a core for a good part of a second. Each process checks strangers'
passwords one at a time, so that a flood of them does not slow readers down.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from config import metrics
from config.client_ip import client_address, networks_of
from moderation.accounts.known_browsers import known
from moderation.accounts.log import record
from moderation.accounts.models import AccountDeed, User

MAX_NAME_LENGTH = 150
_strangers = BoundedSemaphore(1)


def network(request: HttpRequest) -> str:
    """Return the first address of the sender's widest network, since axes stores only one.

    A rented server has thousands of the narrower ones.
    """
    return networks_of(client_address(request))[-1].partition("/")[0]


@contextmanager
def turn(request: HttpRequest) -> Iterator[bool]:
    """Yield whether the password in this request may be checked now.

    A known browser never waits for strangers.
    """
    name = _name(request, None)
    if name and known(request, name):
        yield True
        return
    is_free = _strangers.acquire(blocking=False)
    try:
        yield is_free
    finally:
        if is_free:
            _strangers.release()


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """Return the name that failures count for, with the browser if it is a known one."""
    name = _name(request, credentials)
    browser = known(request, name) if name else ""
    return f"{name} in browser {browser}" if browser else name


def lockout_parameters(
    request: HttpRequest, credentials: dict[str, Any] | None = None
) -> list[str]:
    name = _name(request, credentials)
    if not name:
        return ["ip_address"]
    return ["username"] if known(request, name) else ["ip_address", "username"]


class Handler(AxesDatabaseHandler):  # type: ignore[misc]
    """axes' handler, which also records sign-ins; a success clears only the name's own failures."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
    ) -> None:
        was_locked = bool(getattr(request, "axes_locked_out", False))
        super().user_login_failed(sender, credentials, request, **kwargs)
        metrics.count_sign_in("refused" if was_locked else "wrong")
        if request is not None and request.axes_locked_out and not was_locked:
            account = User.objects.filter(username=_name(request, credentials)).first()
            if account:
                record(AccountDeed.SHUT_OUT, account)

    def user_logged_in(self, sender: Any, request: Any, user: User, **kwargs: Any) -> None:
        super().user_logged_in(sender, request, user, **kwargs)
        metrics.count_sign_in("right")
        record(AccountDeed.SIGN_IN, user, actor=user)

    def user_logged_out(self, sender: Any, request: Any, user: User | None, **kwargs: Any) -> None:
        super().user_logged_out(sender, request, user, **kwargs)
        if user:
            record(AccountDeed.SIGN_OUT, user, actor=user)

    def reset_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """Delete the failures of this name from this network only."""
        own = AccessAttempt.objects.filter(
            username=counted_name(request, credentials), ip_address=network(request)
        )
        return int(own.delete()[0])


def delete_old_failures() -> int:
    """Delete failed sign-ins that no longer count; return the number of rows."""
    end = timezone.now() - _cooloff()
    return int(AccessAttempt.objects.filter(attempt_time__lte=end).delete()[0])


def _cooloff() -> dt.timedelta:
    cooloff: dt.timedelta = settings.AXES_COOLOFF_TIME
    return cooloff


def _name(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    name = (credentials or request.POST).get("username")
    # The longest name of an account, and of axes' column.
    return str(name)[:MAX_NAME_LENGTH] if name else None
