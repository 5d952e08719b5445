"""Remember which browsers have signed in to an account; its lockout does not apply to them.

Each name has a signed cookie of its own. It grants no access, only a separate count of wrong
passwords.
https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
"""

import datetime as dt
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

KNOWN_FOR = dt.timedelta(days=180)
_SALT = "moderation.accounts.known_browsers"


def remember(response: HttpResponse, name: str) -> None:
    """Set the cookie that says that this name has signed in from this browser."""
    response.set_signed_cookie(
        _cookie(name),
        secrets.token_urlsafe(12),
        salt=_salt(name),
        max_age=KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def known(request: HttpRequest, name: str) -> str:
    """Return the id of a browser that has signed in with this name, or ""."""
    return request.get_signed_cookie(_cookie(name), "", salt=_salt(name), max_age=KNOWN_FOR) or ""


def _cookie(name: str) -> str:
    return "known_" + salted_hmac(_SALT, name, algorithm="sha256").hexdigest()[:16]


def _salt(name: str) -> str:
    return f"{_SALT}:{name}"
