"""Every setting of the service, each read from the environment; a wrong value stops the start.

docs/settings.md lists them for the operator.
"""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import environ
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import env as given
from config.folders import broker_socket, generated_secret, own_folder, private_folder
from config.logs import logging_config
from config.rest import *  # noqa: F403
from config.security import *  # noqa: F403
from config.security import (
    check_contact_keys,
    content_security_policy,
    insist,
    is_public,
)

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


# What django-environ would take for "no" or for a database of no kind, with a warning that tells
# the password.
MEANT: dict[str, Callable[[str], bool]] = {
    "bool": lambda value: value.lower() in {"1", "0", "true", "false", "yes", "no", "on", "off"},
    "int": lambda value: value.isdecimal() and len(value) < 10,
    "db_url": lambda value: urlsplit(value).scheme in {"postgres", "postgresql", "sqlite"},
}
WORDS = {
    "bool": "must be yes or no",
    "int": "must be a whole number of at most nine digits",
    "db_url": "must be an address like postgres://user:password@host/name",
}


def _read(kind: str, name: str, default: Any) -> Any:
    """A setting from the environment as `kind`; set to nothing it counts as not set.

    Raises ImproperlyConfigured naming the setting.
    """
    value = env.str(name, "")
    if not value:
        return default
    try:
        if not MEANT.get(kind, bool)(value):
            raise ValueError
        return getattr(env, kind)(name)
    except (ValueError, TypeError, ImproperlyConfigured) as error:
        words = WORDS.get(kind, "cannot be read")
        raise ImproperlyConfigured(f"{name} {words}: see docs/settings.md.") from error


# Where the embedded default keeps its database, broker file and generated secret.
VAR_DIR = private_folder("VAR_DIR", _read("str", "VAR_DIR", "") or BASE_DIR / "var")

# Each process counts into a file of its own there; prometheus_client wants it in the environment.
METRICS_DIR = own_folder("METRICS_DIR", _read("str", "METRICS_DIR", "") or VAR_DIR / "metrics")
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)
# What Prometheus shows to be let in; without one nobody is.
METRICS_TOKEN = given.token("METRICS_TOKEN", _read("str", "METRICS_TOKEN", ""))

# When /readyz turns red: so little disk is left, a comment has waited so long for its check.
DISK_FREE_MB = _read("int", "DISK_FREE_MB", 200)
PENDING_MINUTES = given.positive("PENDING_MINUTES", _read("int", "PENDING_MINUTES", 5))

DEBUG = _read("bool", "DEBUG", False)
SECRET_KEY = _read("str", "SECRET_KEY", "")
# The first seals the e-mails and addresses; each opens what it sealed.
CONTACT_KEYS = _read("list", "CONTACT_KEYS", [])
ALLOWED_HOSTS = _read("list", "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# Counted from the decision; what still waits for one keeps both.
ADDRESS_KEPT_DAYS = given.days("ADDRESS_KEPT_DAYS", _read("int", "ADDRESS_KEPT_DAYS", 30))
EMAIL_KEPT_DAYS = given.days("EMAIL_KEPT_DAYS", _read("int", "EMAIL_KEPT_DAYS", 365))
# Of texts that readers do not see; 0 keeps them. Counted from the last decision.
REJECTED_KEPT_DAYS = given.days("REJECTED_KEPT_DAYS", _read("int", "REJECTED_KEPT_DAYS", 365))
HELD_KEPT_DAYS = given.days("HELD_KEPT_DAYS", _read("int", "HELD_KEPT_DAYS", 0))
PRODUCTION = _read("bool", "PRODUCTION", is_public(ALLOWED_HOSTS))
if PRODUCTION:
    insist(secret=SECRET_KEY, contact_keys=CONTACT_KEYS, debug=DEBUG, hosts=ALLOWED_HOSTS)
SECRET_KEY = SECRET_KEY or generated_secret(
    VAR_DIR / "secret_key", lambda: secrets.token_urlsafe(50)
)
CONTACT_KEYS = CONTACT_KEYS or [
    generated_secret(VAR_DIR / "contact_key", lambda: Fernet.generate_key().decode())
]
check_contact_keys(CONTACT_KEYS)
CSRF_TRUSTED_ORIGINS = given.origins(
    "CSRF_TRUSTED_ORIGINS", _read("list", "CSRF_TRUSTED_ORIGINS", [])
)
CORS_ALLOWED_ORIGINS = given.origins(
    "CORS_ALLOWED_ORIGINS", _read("list", "CORS_ALLOWED_ORIGINS", [])
)
CORS_URLS_REGEX = r"^/api/"
# A page elsewhere is told of no header, and may send none, but those that are named here.
CORS_EXPOSE_HEADERS = ["ETag", "Retry-After", "X-Request-ID"]
CORS_ALLOW_HEADERS = ["accept", "content-type", "if-none-match", "x-request-id"]
CORS_ALLOW_METHODS = ["GET", "OPTIONS", "POST"]
SITE_NAME = _read("str", "SITE_NAME", "Вісті Приріччя")
# A folder with another trained model; empty means the one that is shipped.
MODEL_DIR = given.model_folder("MODEL_DIR", _read("str", "MODEL_DIR", ""))

INSTALLED_APPS = [
    # Before Django's own, so that our words and templates come first.
    "comments",
    "comments.reception",
    "moderation",
    "moderation.accounts",
    "moderation.desk",
    "moderation.desk.apps.DeskAdminConfig",
    "config.operations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    # First, so that its line and its id are there whatever comes of the request.
    "config.request_id.traced",
    "config.middleware.head_without_body",
    "config.middleware.probes_by_address",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.policies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.private_by_default",
    "corsheaders.middleware.CorsMiddleware",
    "comments.reception.middleware.only_utf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Where the language is known, and before anything reads the body.
    "comments.reception.body_limits.bounded",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "moderation.accounts.sessions.kept_short",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "comments.reception.database_out.DatabaseOut",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "comments.reception.context_processors.site",
            ]
        },
    }
]

# SQLite answers "database is locked" under writers unless each transaction takes the lock at once.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        # What is erased is overwritten, whatever SQLite was built to do.
        "PRAGMA secure_delete=ON;"
        "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
    ),
}
EMBEDDED_DATABASE = f"sqlite:///{quote(str(VAR_DIR / 'db.sqlite3'))}"
DATABASES = {
    "default": _read("db_url", "DATABASE_URL", env.db_url_config(EMBEDDED_DATABASE)),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "config.sqlite"
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    # Or a statement that fails goes into the log of PostgreSQL with what the reader typed.
    DATABASES["default"]["OPTIONS"]["server_side_binding"] = True

# Opening SQLite with its pragmas, and closing it with a checkpoint, costs more than a comment.
DATABASES["default"]["CONN_MAX_AGE"] = 60

# Pages of discussions, each process its own: they are named by the revision that they show.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100},
    }
}

# Without REDIS_URL `make run` starts a broker of its own on this socket.
BROKER_SOCKET = broker_socket(VAR_DIR)
REDIS_URL = given.broker("REDIS_URL", _read("str", "REDIS_URL", ""))
CELERY_BROKER_URL = REDIS_URL or f"redis+socket://{quote(str(BROKER_SOCKET))}"

# Whose X-Forwarded-For is believed. A proxy on this machine is, since nothing else can be the peer.
TRUSTED_PROXIES = given.networks(
    "TRUSTED_PROXIES", _read("list", "TRUSTED_PROXIES", ["127.0.0.0/8", "::1"])
)
THROTTLES = _read("bool", "THROTTLES", True)
THROTTLE_ADDRESS = given.rates(
    "THROTTLE_ADDRESS", _read("str", "THROTTLE_ADDRESS", "20/minute;200/hour")
)
THROTTLE_AUTHOR = given.rates(
    "THROTTLE_AUTHOR", _read("str", "THROTTLE_AUTHOR", "6/minute;60/hour")
)
THROTTLE_ARTICLE = given.rates("THROTTLE_ARTICLE", _read("str", "THROTTLE_ARTICLE", "120/minute"))
THROTTLE_SITE = given.rates("THROTTLE_SITE", _read("str", "THROTTLE_SITE", "600/minute"))
# Whether the form looks for signs of a program, and how many comments of the site are an attack,
# under which browsers are asked for a proof of work.
FORM_CHECKS = _read("bool", "FORM_CHECKS", True)
PROOF_ABOVE = given.rates("PROOF_ABOVE", _read("str", "PROOF_ABOVE", "120/minute"))
# How long an author may not say the same in the same place again; 0 lets them.
REPEAT_HOURS = given.hours("REPEAT_HOURS", _read("int", "REPEAT_HOURS", 24))
# From how many senders, within how many hours, one text rewritten is a campaign; 0 for never.
CAMPAIGN_SIZE = _read("int", "CAMPAIGN_SIZE", 5)
CAMPAIGN_HOURS = given.hours("CAMPAIGN_HOURS", _read("int", "CAMPAIGN_HOURS", 24))
# The same of one link, phone or handle, but for these hosts, our own among them.
CAMPAIGN_CONTACT_SIZE = _read("int", "CAMPAIGN_CONTACT_SIZE", 3)
CAMPAIGN_KNOWN_HOSTS = given.hosts(
    _read("list", "CAMPAIGN_KNOWN_HOSTS", []),
    ours=[*ALLOWED_HOSTS, *CSRF_TRUSTED_ORIGINS, *CORS_ALLOWED_ORIGINS],
)
SWEEP_EVERY = given.seconds("SWEEP_EVERY", _read("int", "SWEEP_EVERY", 30))
# The longest that a task may live: what it has claimed is then free for another.
TASK_SECONDS = given.seconds("TASK_SECONDS", _read("int", "TASK_SECONDS", 30))

LANGUAGE_CODE = "uk"
# Django's own sentences where its Ukrainian is clumsy.
LOCALE_PATHS = [BASE_DIR / "config/locale"]
LANGUAGES = [("uk", _("Ukrainian")), ("en", _("English"))]
TIME_ZONE = given.time_zone(_read("str", "TIME_ZONE", "Europe/Kyiv"))
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# A text far over the limit must still arrive, to be shown again with a sentence about it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# No form takes files.
FILE_UPLOAD_HANDLERS: list[str] = []
# How long a client may take to send a request, head and body.
REQUEST_SECONDS = given.seconds("REQUEST_SECONDS", _read("int", "REQUEST_SECONDS", 20))
CONTENT_SECURITY_POLICY = content_security_policy(
    given.origins("IMAGE_ORIGINS", _read("list", "IMAGE_ORIGINS", []))
)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = _read("int", "HSTS_SECONDS", 365 * 24 * 3600 if PRODUCTION else 0)
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "admin:login"
# Who must give a one-time code besides the password; whoever has set codes up always does.
ONE_TIME_CODES = given.one_of(
    "ONE_TIME_CODES",
    _read("str", "ONE_TIME_CODES", "leads" if PRODUCTION else "nobody"),
    ("nobody", "leads", "all"),
)
OTP_TOTP_ISSUER = SITE_NAME
# How long one stays signed in without doing anything, and at the longest.
SESSION_COOKIE_AGE = 60 * given.positive(
    "SESSION_IDLE_MINUTES", _read("int", "SESSION_IDLE_MINUTES", 120)
)
SESSION_LONGEST = 3600 * given.positive("SESSION_HOURS", _read("int", "SESSION_HOURS", 12))

LOGGING = logging_config(
    given.log_level(_read("str", "LOG_LEVEL", "INFO")),
    given.log_format(_read("str", "LOG_FORMAT", "text")),
)
