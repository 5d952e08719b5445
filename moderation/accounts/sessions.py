"""Middleware that ends idle sessions, and every session at its maximum age."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from config.middleware import Handler

STARTED, SEEN = "signed_in_at", "seen_at"
# Seconds between two writes of a session.
MIN_WRITE_INTERVAL = 60


def limit_session_age(get_response: Handler) -> Handler:
    """Extend a staff session with each page, up to its maximum age.

    Does nothing if the session was not read, as on readers' pages: proxies may cache these, so they
    must not set a cookie.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_used = response.status_code < 500 and request.session.accessed
        if is_used and request.user.is_authenticated:
            _extend(request.session)
        return response

    return middleware


def begin(session: Any) -> None:
    """Set the start of a session to now, also if the session existed before the sign-in."""
    session[STARTED] = timezone.now().timestamp()
    session.pop(SEEN, None)


def _extend(session: Any) -> None:
    now = timezone.now().timestamp()
    if STARTED not in session:
        begin(session)
    if now - session.get(SEEN, 0) < MIN_WRITE_INTERVAL:
        return
    session[SEEN] = now
    left = session[STARTED] + settings.SESSION_LONGEST - now
    session.set_expiry(max(1, int(min(settings.SESSION_COOKIE_AGE, left))))
