"""Middleware that ends idle sessions, and every session after a shift."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from config.middleware import Handler

BEGAN, SEEN = "signed_in_at", "seen_at"
# Seconds: a page in between does not write the session again.
TOUCH_EVERY = 60


def kept_short(get_response: Handler) -> Handler:
    """Moves the end of a session on as its user goes on working.

    Only where the session was read, which no reader's page does: its answers may be kept by a
    proxy, and must set no cookie.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        fine = response.status_code < 500 and request.session.accessed
        if fine and request.user.is_authenticated:
            _go_on(request.session)
        return response

    return answer


def begin(session: Any) -> None:
    """Starts the clock of a sign-in, also of one in a session that was there before."""
    session[BEGAN] = timezone.now().timestamp()
    session.pop(SEEN, None)


def _go_on(session: Any) -> None:
    now = timezone.now().timestamp()
    if BEGAN not in session:
        begin(session)
    if now - session.get(SEEN, 0) < TOUCH_EVERY:
        return
    session[SEEN] = now
    left = session[BEGAN] + settings.SESSION_LONGEST - now
    session.set_expiry(max(1, int(min(settings.SESSION_COOKIE_AGE, left))))
