"""All settings, read from the environment; a wrong value stops the program at its start.

docs/settings.md lists them for operators.
"""

import os
from pathlib import Path
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from config import env, mail
from config.env import read, read_secret
from config.folders import broker_socket, kept_secret
from config.logs import logging_config
from config.rest import *  # noqa: F403
from config.security import *  # noqa: F403
from config.security import (
    check_contact_keys,
    content_security_policy,
    is_public,
    require_production_settings,
)

# Workers score small batches, in which NumPy's threads wait for each other; read when it is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

BASE_DIR = Path(__file__).resolve().parent.parent

# The port of `make run`, and whether it loads the demo, whose other site has the next port.
PORT = read("PORT", "8000", env.port)
DEMO = read("DEMO", "yes", env.yes_or_no)
# Holds the embedded database, the broker's file and generated secrets. For an installed package the
# default is in the current folder.
_HOME = BASE_DIR if (BASE_DIR / "manage.py").is_file() else Path.cwd()
VAR_DIR = read("VAR_DIR", str(_HOME / "var"), env.folder)

# Each process writes its counters to its own file there.
METRICS_DIR = read("METRICS_DIR", str(VAR_DIR / "metrics"), env.folder)
# The bearer token of Prometheus; without one there is no /metrics.
METRICS_TOKEN = read_secret("METRICS_TOKEN", "", env.token)

# /readyz fails if less disk space is free, or if a comment has waited longer for its decision.
DISK_FREE_MB = read("DISK_FREE_MB", "200", env.whole_number)
PENDING_MINUTES = read("PENDING_MINUTES", "5", env.positive)

DEBUG = read("DEBUG", "no", env.yes_or_no)
SECRET_KEY = read_secret("SECRET_KEY", "", env.text)
# The first key encrypts e-mails and addresses; all of them decrypt.
CONTACT_KEYS = read_secret("CONTACT_KEYS", "", env.several)
ALLOWED_HOSTS = read("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]", env.several)
# Counted from the decision; undecided comments keep both.
ADDRESS_KEPT_DAYS = read("ADDRESS_KEPT_DAYS", "30", env.days)
EMAIL_KEPT_DAYS = read("EMAIL_KEPT_DAYS", "365", env.days)
# For unpublished texts, counted from the last decision; 0 keeps them.
REJECTED_KEPT_DAYS = read("REJECTED_KEPT_DAYS", "365", env.days)
HELD_KEPT_DAYS = read("HELD_KEPT_DAYS", "0", env.days)
# For the event log; 0 keeps it.
EVENTS_KEPT_DAYS = read("EVENTS_KEPT_DAYS", "30", env.days)
PRODUCTION = read("PRODUCTION", "yes" if is_public(ALLOWED_HOSTS) else "no", env.yes_or_no)
if PRODUCTION:
    require_production_settings(
        secret=SECRET_KEY, contact_keys=CONTACT_KEYS, debug=DEBUG, hosts=ALLOWED_HOSTS
    )
# Otherwise use the generated ones; config.prepare generates them at the first start.
SECRET_KEY = SECRET_KEY or kept_secret(VAR_DIR / "secret_key")
CONTACT_KEYS = CONTACT_KEYS or env.several("CONTACT_KEYS", kept_secret(VAR_DIR / "contact_key"))
check_contact_keys(CONTACT_KEYS)
CSRF_TRUSTED_ORIGINS = read("CSRF_TRUSTED_ORIGINS", "", env.origins)
CSRF_FAILURE_VIEW = "comments.reception.csrf_failure.form_again"
CORS_ALLOWED_ORIGINS = read("CORS_ALLOWED_ORIGINS", "", env.origins)
DEMO_SITE_PORT = (PORT + 1) % 65536 if DEMO and not PRODUCTION else 0
CORS_ALLOWED_ORIGINS += [f"http://127.0.0.1:{DEMO_SITE_PORT}"] if DEMO_SITE_PORT else []
SITE_NAME = read("SITE_NAME", "Вісті Приріччя", env.text)
# Whom readers ask about their data.
PRIVACY_CONTACT = read("PRIVACY_CONTACT", "", env.contact)
# A folder with a different model; empty means the shipped one.
MODEL_DIR = read("MODEL_DIR", "", env.model_folder)
# Reads what a comment means; "off" leaves it to the words and gives back the memory.
SECOND_JUDGE = read("SECOND_JUDGE", "embedding", env.one_of("embedding", "off"))
# A folder with a large model as a third judge, and the seconds it may take for a batch, if it
# leaves enough of TASK_SECONDS.
ONNX_JUDGE_DIR = read("ONNX_JUDGE_DIR", "", env.judge_folder)
ONNX_JUDGE_SECONDS = read("ONNX_JUDGE_SECONDS", "5", env.seconds)
# How long a check of another system's text waits for the second judge; 0 does without it.
CHECK_JUDGE_SECONDS = read("CHECK_JUDGE_SECONDS", "0.03", env.pause)

INSTALLED_APPS = [
    # Before Django's own, so that our translations and templates take precedence.
    "comments",
    "comments.reception",
    "comments.archives",
    "comments.demo",
    "moderation",
    "moderation.accounts",
    "moderation.delivery",
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
    # First, so that every request has an id and a log line.
    "config.request_id.request_id_middleware",
    "config.middleware.head_without_body",
    "config.middleware.probes_by_address",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.policies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.private_by_default",
    "corsheaders.middleware.CorsMiddleware",
    "comments.reception.middleware.require_utf8",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    # After the language is known, and before anything reads the body.
    "comments.reception.body_limits.limit_body_size",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "moderation.accounts.sessions.limit_session_age",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "comments.reception.database_unavailable.DatabaseUnavailable",
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
        # Overwrite erased data, even if SQLite was compiled not to.
        "PRAGMA secure_delete=ON;"
        "PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728;"
    ),
}
EMBEDDED_DATABASE = f"sqlite:///{quote(str(VAR_DIR / 'db.sqlite3'))}"
DATABASES = {
    "default": read_secret("DATABASE_URL", EMBEDDED_DATABASE, env.database),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "config.sqlite"
    DATABASES["default"].setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    # Otherwise PostgreSQL would log failed statements with what the reader typed.
    DATABASES["default"]["OPTIONS"]["server_side_binding"] = True

# Opening SQLite with its pragmas and closing it with a checkpoint takes longer than a comment.
DATABASES["default"]["CONN_MAX_AGE"] = 60

# Rendered discussions, per process: their keys include the revision, so they are never stale.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100},
    }
}

# Without REDIS_URL, `make run` starts its own broker on this socket.
BROKER_SOCKET = broker_socket(VAR_DIR)
REDIS_URL = read_secret("REDIS_URL", "", env.broker)
CELERY_BROKER_URL = REDIS_URL or f"redis+socket://{quote(str(BROKER_SOCKET))}"

# The peers whose X-Forwarded-For is trusted; by default proxies on this machine.
TRUSTED_PROXIES = read("TRUSTED_PROXIES", "127.0.0.0/8,::1", env.networks)
THROTTLES = read("THROTTLES", "yes", env.yes_or_no)
THROTTLE_ADDRESS = read("THROTTLE_ADDRESS", "20/minute;200/hour", env.rates)
THROTTLE_AUTHOR = read("THROTTLE_AUTHOR", "6/minute;60/hour", env.rates)
THROTTLE_ARTICLE = read("THROTTLE_ARTICLE", "120/minute", env.rates)
THROTTLE_SITE = read("THROTTLE_SITE", "600/minute", env.rates)
THROTTLE_SITE_KEY = read("THROTTLE_SITE_KEY", "600/minute", env.rates)
THROTTLE_CHECKS = read("THROTTLE_CHECKS", "1800/minute", env.rates)
# Whether the form looks for signs of a program, and the rate of comments on a site above which
# browsers must solve a proof of work.
FORM_CHECKS = read("FORM_CHECKS", "yes", env.yes_or_no)
PROOF_ABOVE = read("PROOF_ABOVE", "120/minute", env.rates)
# How long an author may not repeat a comment in the same place; 0 allows it.
REPEAT_HOURS = read("REPEAT_HOURS", "24", env.hours)
# How many comments of one author within a minute are decided without a person; 0 for any number.
HOLD_ABOVE_PER_MINUTE = read("HOLD_ABOVE_PER_MINUTE", "3", env.whole_number)
# How many senders of variants of one text, within how many hours, are a campaign; 0 for never.
CAMPAIGN_SIZE = read("CAMPAIGN_SIZE", "5", env.whole_number)
CAMPAIGN_HOURS = read("CAMPAIGN_HOURS", "24", env.hours)
# The same for one link, phone or handle, except links to these hosts and to our own.
CAMPAIGN_CONTACT_SIZE = read("CAMPAIGN_CONTACT_SIZE", "3", env.whole_number)
CAMPAIGN_KNOWN_HOSTS = env.hosts(
    read("CAMPAIGN_KNOWN_HOSTS", "", env.several),
    ours=[*ALLOWED_HOSTS, *CSRF_TRUSTED_ORIGINS, *CORS_ALLOWED_ORIGINS],
)
# At what weight readers' reports hold a published comment; 0 for never.
REPORTS_TO_HOLD = read("REPORTS_TO_HOLD", "3", env.whole_number)
# How long an author can change a published comment after sending it; 0 for not at all.
EDIT_MINUTES = read("EDIT_MINUTES", "15", env.whole_number)
# How long a moderator can undo an act without a question; until then nobody outside is told of it.
UNDO_MINUTES = read("UNDO_MINUTES", "10", env.whole_number)
# Whether authors are told, before they send a comment, which words may insult somebody.
HINTS = read("HINTS", "no", env.yes_or_no)
# How long after an article's publication it accepts comments; 0 for ever.
CLOSE_AFTER_DAYS = read("CLOSE_AFTER_DAYS", "0", env.days)
# How often an open page asks for new comments; 0 for never.
LIVE_SECONDS = read("LIVE_SECONDS", "1.5", env.pause)
# Where others reach the service: addresses in webhooks and links in e-mails begin with it.
_OWN_ORIGINS = (origin for origin in CSRF_TRUSTED_ORIGINS if "*" not in origin)
_OWN_URL = next(_OWN_ORIGINS, f"http://localhost:{PORT}")
PUBLIC_URL = read("PUBLIC_URL", _OWN_URL, env.address).rstrip("/")
# The mail server, and from whom e-mails to readers come; without it none are sent.
EMAIL_URL = read_secret("EMAIL_URL", "", mail.server)
EMAIL_FROM = read("EMAIL_FROM", "", mail.sender)
if EMAIL_URL:
    mail.require_sender(EMAIL_FROM)
    EMAIL_HOST, EMAIL_PORT = EMAIL_URL.host, EMAIL_URL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL_URL.user, EMAIL_URL.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_URL.starttls, EMAIL_URL.tls
# Networks that are not public and yet may get webhooks.
WEBHOOK_PRIVATE_NETWORKS = read("WEBHOOK_PRIVATE_NETWORKS", "", env.networks)
SWEEP_EVERY = read("SWEEP_EVERY", "30", env.seconds)
# The time limit of a task; its claims end with it.
TASK_SECONDS = read("TASK_SECONDS", "30", env.seconds)

LANGUAGE_CODE = "uk"
# Better translations for some of Django's own texts.
LOCALE_PATHS = [BASE_DIR / "config/locale"]
FORMAT_MODULE_PATH = "config.formats"
LANGUAGES = [("uk", _("Ukrainian")), ("en", _("English"))]
TIME_ZONE = read("TIME_ZONE", "Europe/Kyiv", env.time_zone)
USE_TZ = True

STATIC_URL = "static/"
# Where `collectstatic` puts the files. An image contains them, while its VAR_DIR starts empty.
STATIC_ROOT = read("STATIC_ROOT", str(VAR_DIR / "static"), env.folder)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Above the limit of a text, so that the form can show a text that is too long with an error.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# No form takes files.
FILE_UPLOAD_HANDLERS: list[str] = []
# How long a client may take to send a request, head and body.
REQUEST_SECONDS = read("REQUEST_SECONDS", "20", env.seconds)
CONTENT_SECURITY_POLICY = content_security_policy(read("IMAGE_ORIGINS", "", env.origins))
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = read("HSTS_SECONDS", "31536000" if PRODUCTION else "0", env.whole_number)
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "admin:login"
# Who must give a one-time code besides the password; people who have set codes up always must.
ONE_TIME_CODES = read(
    "ONE_TIME_CODES",
    "leads" if PRODUCTION else "nobody",
    env.one_of("nobody", "leads", "all"),
)
OTP_TOTP_ISSUER = SITE_NAME
# How long a moderator stays signed in when idle, and at most.
SESSION_COOKIE_AGE = 60 * read("SESSION_IDLE_MINUTES", "120", env.positive)
SESSION_LONGEST = 3600 * read("SESSION_HOURS", "12", env.positive)

LOGGING = logging_config(
    read("LOG_LEVEL", "INFO", env.log_level),
    read("LOG_FORMAT", "text", env.one_of("text", "json")),
)
