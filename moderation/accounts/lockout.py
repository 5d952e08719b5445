"""Lock an account after wrong passwords (handler and parameters of django-axes).

Strangers are counted by their network and by the name that they try, apart from one another: ten
wrong passwords of either kind, and the door is shut to them for a quarter of an hour. A browser
that signed in with the name before is counted by itself, so that no stranger can shut its owner
out.

To look at a password takes a core for a good part of a second. Strangers' are looked at one at a
time in each process, so that whoever sends very many does not keep readers waiting.
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

LONGEST_NAME = 150
_strangers = BoundedSemaphore(1)


def network(request: HttpRequest) -> str:
    """The widest of the sender's networks by its first address: axes has a column for one.

    Of the narrower ones a rented server has thousands.
    """
    return networks_of(client_address(request))[-1].partition("/")[0]


@contextmanager
def turn(request: HttpRequest) -> Iterator[bool]:
    """Whether the password in this request may be looked at now; a browser that is known never
    waits for strangers.
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
    """The name that is tried, with the browser where that one knows it."""
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
    """axes' own, with sign-ins on record, whose success forgives nobody else's failures."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
    ) -> None:
        was_shut = bool(getattr(request, "axes_locked_out", False))
        super().user_login_failed(sender, credentials, request, **kwargs)
        metrics.count_sign_in("refused" if was_shut else "wrong")
        if request is not None and request.axes_locked_out and not was_shut:
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
        """Forgets what this name failed from here: not other names', nor what others tried."""
        own = AccessAttempt.objects.filter(
            username=counted_name(request, credentials), ip_address=network(request)
        )
        return int(own.delete()[0])


def delete_old_failures() -> int:
    """Delete failed sign-ins that no longer count; return the number of rows."""
    end = timezone.now() - _term()
    return int(AccessAttempt.objects.filter(attempt_time__lte=end).delete()[0])


def _term() -> dt.timedelta:
    term: dt.timedelta = settings.AXES_COOLOFF_TIME
    return term


def _name(request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    name = (credentials or request.POST).get("username")
    # No account has a longer one, nor axes a column for it.
    return str(name)[:LONGEST_NAME] if name else None
