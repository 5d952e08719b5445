"""Settings of security: headers, cookies, and what production must have set.

The values that need no environment; settings.py takes them in and reads the rest.
"""

import datetime as dt
from collections.abc import Iterable

from cryptography.fernet import Fernet
from django.core.checks.security.base import SECRET_KEY_INSECURE_PREFIX
from django.core.exceptions import ImproperlyConfigured

THIS_MACHINE = ("localhost", "127.0.0.1", "[::1]", ".localhost")
SECRET_LEAST, SECRET_VARIETY = 50, 5

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# A load balancer asks them without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
# To bind the subdomains, and every browser for good, is for the owner of the whole name to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# Everything that a page of news never asks a browser for.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "usb",
    )
)

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
# Who waits after ten wrong passwords, and what a right one forgives: see accounts.lockout.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_HANDLER = "moderation.accounts.lockout.Handler"
AXES_LOCKOUT_PARAMETERS = "moderation.accounts.lockout.lockout_parameters"
AXES_CLIENT_IP_CALLABLE = "moderation.accounts.lockout.network"
AXES_USERNAME_CALLABLE = "moderation.accounts.lockout.counted_name"
AXES_LOCKOUT_CALLABLE = "moderation.desk.views.locked"
AXES_RESET_ON_SUCCESS = True
# Or whoever goes on guessing would keep the door shut for good.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# What is kept of a sign-in is kept as long as it throttles: no log of who came from where.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "user_agent"]


def content_security_policy(image_origins: Iterable[str]) -> str:
    """Nothing inline, nothing from elsewhere but the pictures that the site has named."""
    pictures = " ".join(["'self'", "data:", *image_origins])
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        f"img-src {pictures}; font-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def is_public(hosts: Iterable[str]) -> bool:
    """Whether the service answers to a name that others can call it by."""
    return any(host not in THIS_MACHINE for host in hosts)


def is_weak(secret: str) -> bool:
    """Whether it can be guessed, or was made by a tool for trials."""
    short = len(secret) < SECRET_LEAST or len(set(secret)) < SECRET_VARIETY
    return short or secret.startswith(SECRET_KEY_INSECURE_PREFIX)


def insist(*, secret: str, contact_keys: Iterable[str], debug: bool, hosts: Iterable[str]) -> None:
    """Refuses to go into production with what only a trial may have; names the setting."""
    if debug:
        raise ImproperlyConfigured("DEBUG must be no in production: see docs/settings.md.")
    if not hosts or {"*", "."} & set(hosts):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name the hosts of the service in production, not all of them."
        )
    if is_weak(secret):
        raise ImproperlyConfigured(
            f"SECRET_KEY must be set in production to at least {SECRET_LEAST} random characters."
        )
    if not contact_keys:
        raise ImproperlyConfigured(
            "CONTACT_KEYS must be set in production: see docs/operating.md for how to make a key."
        )


def check_contact_keys(keys: Iterable[str]) -> None:
    """Refuses what is no key, without telling it."""
    for place, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"CONTACT_KEYS: number {place} is not a key: see docs/operating.md."
            ) from error
