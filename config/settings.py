"""Every setting of the service, each read from the environment; a wrong value stops the start.

docs/settings.md lists them for the operator.
"""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable
from logging import getLevelNamesMapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import given

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


# What django-environ would take for "no" or for a database of no kind, with a warning that tells
# the password.
MEANT: dict[str, Callable[[str], bool]] = {
    "bool": lambda value: value.lower() in {"1", "0", "true", "false", "yes", "no", "on", "off"},
    "db_url": lambda value: urlsplit(value).scheme in {"postgres", "postgresql", "sqlite"},
}


def _read(kind: str, name: str, default: Any) -> Any:
    """A setting from the environment as `kind`; raises ImproperlyConfigured naming the setting."""
    try:
        if (given := env.str(name, "")) and not MEANT.get(kind, bool)(given):
            raise ValueError
        return getattr(env, kind)(name, default=default)
    except (ValueError, TypeError, ImproperlyConfigured) as error:
        raise ImproperlyConfigured(
            f"{name} is not a valid {kind}: see docs/settings.md."
        ) from error


def _generated_secret(path: Path) -> str:
    """The secret kept in `path`, made at the first start and readable by its owner only."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def _broker_socket(var_dir: Path) -> Path:
    """Where the embedded broker listens: a socket path has a limit of about 100 bytes."""
    socket = var_dir / "broker.sock"
    if len(bytes(socket)) < 100:
        return socket
    name = hashlib.sha256(bytes(var_dir)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"comments-{name}.sock"


def _time_zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ValueError, KeyError, OSError) as error:
        raise ImproperlyConfigured(
            f"TIME_ZONE {name!r} is not known: see docs/settings.md."
        ) from error


def _log_level(name: str) -> str:
    if name.upper() not in getLevelNamesMapping():
        raise ImproperlyConfigured(f"LOG_LEVEL {name!r} is not known: see docs/settings.md.")
    return name.upper()


# Where the embedded default keeps its database, broker file and generated secret.
VAR_DIR = Path(_read("str", "VAR_DIR", "") or BASE_DIR / "var").resolve()
try:
    VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(f"VAR_DIR {VAR_DIR} cannot be made: {error.strerror}.") from error
if not os.access(VAR_DIR, os.W_OK | os.X_OK):
    raise ImproperlyConfigured(f"VAR_DIR {VAR_DIR} cannot be written to.")

DEBUG = _read("bool", "DEBUG", False)
SECRET_KEY = _read("str", "SECRET_KEY", None) or _generated_secret(VAR_DIR / "secret_key")
ALLOWED_HOSTS = _read("list", "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = _read("list", "CSRF_TRUSTED_ORIGINS", [])
CORS_ALLOWED_ORIGINS = _read("list", "CORS_ALLOWED_ORIGINS", [])
CORS_URLS_REGEX = r"^/api/"
CORS_EXPOSE_HEADERS = ["ETag"]
SITE_NAME = _read("str", "SITE_NAME", "Вісті Приріччя")
# A folder with another trained model; empty means the one that is shipped.
MODEL_DIR = _read("str", "MODEL_DIR", "")

INSTALLED_APPS = [
    # Before Django's own, so that our words and templates come first.
    "comments",
    "moderation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "corsheaders",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "comments.middleware.only_utf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
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
                "comments.context.site",
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
        "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
    ),
}
DATABASES = {
    "default": _read("db_url", "DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR / 'db.sqlite3'))}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
else:
    DATABASES["default"].update({"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True})
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

# Without REDIS_URL `make run` starts a broker of its own on this socket.
BROKER_SOCKET = _broker_socket(VAR_DIR)
REDIS_URL = _read("str", "REDIS_URL", "")
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
REPEAT_HOURS = _read("int", "REPEAT_HOURS", 24)
# From how many senders, within how many hours, one text rewritten is a campaign; 0 for never.
CAMPAIGN_SIZE = _read("int", "CAMPAIGN_SIZE", 5)
CAMPAIGN_HOURS = _read("int", "CAMPAIGN_HOURS", 24)

LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", _("Ukrainian")), ("en", _("English"))]
TIME_ZONE = _time_zone(_read("str", "TIME_ZONE", "Europe/Kyiv"))
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# A text far over the limit must still arrive, to be shown again with a sentence about it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
LOGIN_URL = "admin:login"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": ["comments.problems.FlatJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "comments.problems.problem_details",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Comments",
    "DESCRIPTION": "Read the published comments of an article, leave one, and learn its fate.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": _log_level(_read("str", "LOG_LEVEL", "INFO"))},
}
