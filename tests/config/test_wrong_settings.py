"""A wrong setting stops each part at its start with one sentence that names it."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.config.running import environment

ENTRIES = {
    "manage": ["manage.py", "check"],
    "web": [
        "-m",
        "gunicorn",
        "-c",
        "python:config.gunicorn",
        "config.wsgi",
        "--bind",
        "127.0.0.1:0",
    ],
    "worker": ["-m", "celery", "-A", "config", "worker", "--concurrency", "1"],
}
WRONG = [
    ("REDIS_URL", "localhost:6379", "must be a URL like redis://host:6379/0"),
    ("CSRF_TRUSTED_ORIGINS", "comments.example.org", "is not an origin like https://"),
    ("CORS_ALLOWED_ORIGINS", "www.example.org", "is not an origin like https://"),
    ("IMAGE_ORIGINS", "foo", "is not an origin like https://"),
    ("MODEL_DIR", "/nonexistent", "contains no model"),
    ("METRICS_TOKEN", "short", "must have at least 20 characters"),
    ("CAMPAIGN_SIZE", "-1", "must be a whole number"),
    ("CAMPAIGN_HOURS", "99999999", "must be at most a hundred years"),
    ("REPEAT_HOURS", "99999999", "must be at most a hundred years"),
    ("LIVE_SECONDS", "often", "must be a number of seconds up to 600, such as 1.5, or 0"),
    ("PUBLIC_URL", "comments.example.org", "must be an address like https://"),
    ("EMAIL_URL", "mail.example.org", "must be a URL like smtp+tls://"),
    ("EMAIL_URL", "smtp://localhost", "needs EMAIL_FROM too"),
    ("EMAIL_FROM", "news", "must be an address like News <comments@example.org>"),
    ("WEBHOOK_PRIVATE_NETWORKS", "here", "see docs/settings.md"),
    ("PRIVACY_CONTACT", "ask us", "must be an e-mail address or a web address"),
    ("PENDING_MINUTES", "0", "must be a number from 1 to 100000"),
    ("THROTTLES", "perhaps", "must be yes or no"),
    ("TIME_ZONE", "Mars", "'Mars' is not known"),
    ("LOG_FORMAT", "xml", "must be one of text, json, not 'xml'."),
]


def started(var_dir: Path, entry: str, **changed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *ENTRIES[entry]],
        cwd=settings.BASE_DIR,
        env=environment(var_dir, **changed),
        capture_output=True,
        text=True,
        timeout=20,
    )


@pytest.mark.parametrize(("name", "value", "message"), WRONG)
def test_a_command_says_which_setting_is_wrong_and_what_is_expected(
    tmp_path: Path, name: str, value: str, message: str
) -> None:
    done = started(tmp_path, "manage", **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith(f"Wrong setting. {name}")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_empty_variable_counts_as_not_set(tmp_path: Path) -> None:
    names = (
        *("ALLOWED_HOSTS", "THROTTLES", "FORM_CHECKS", "TRUSTED_PROXIES", "CAMPAIGN_SIZE"),
        *("THROTTLE_SITE", "DATABASE_URL", "PRODUCTION", "TIME_ZONE", "ONE_TIME_CODES"),
    )
    shown = f"[str(getattr(s, name, s.DATABASES)) for name in {names}]"
    tell = f"from config import settings as s; print({shown})"

    def settled(**changed: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", tell],
            cwd=settings.BASE_DIR,
            env=environment(tmp_path, **changed),
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        ).stdout

    assert settled(**dict.fromkeys(names, "")) == settled()
    public = started(tmp_path, "manage", ALLOWED_HOSTS="news.example.org", PRODUCTION="")
    assert public.stderr.startswith("Wrong setting. SECRET_KEY")


@pytest.mark.parametrize("entry", ["web", "worker"])
@pytest.mark.parametrize(("name", "value", "message"), [WRONG[0], WRONG[6]])
def test_web_server_and_worker_exit_with_the_same_message(
    tmp_path: Path, entry: str, name: str, value: str, message: str
) -> None:
    done = started(tmp_path, entry, **{name: value})
    assert done.returncode == 1
    assert name in done.stderr
    assert message in done.stderr
    assert done.stderr.strip().count("\n") == 0
