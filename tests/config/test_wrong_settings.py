"""A wrong setting ends each part at its start with one sentence that names it."""

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
    ("REDIS_URL", "localhost:6379", "must be an address like redis://host:6379/0"),
    ("CSRF_TRUSTED_ORIGINS", "comments.example.org", "is no origin, like https://"),
    ("CORS_ALLOWED_ORIGINS", "www.example.org", "is no origin, like https://"),
    ("IMAGE_ORIGINS", "foo", "is no origin, like https://"),
    ("MODEL_DIR", "/nonexistent", "holds no model"),
    ("METRICS_TOKEN", "short", "must have at least 20 characters"),
    ("CAMPAIGN_SIZE", "-1", "must be a whole number"),
    ("THROTTLES", "perhaps", "must be yes or no"),
]


def started(var_dir: Path, entry: str, name: str, value: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *ENTRIES[entry]],
        cwd=settings.BASE_DIR,
        env=environment(var_dir, **{name: value}),
        capture_output=True,
        text=True,
        timeout=20,
    )


@pytest.mark.parametrize(("name", "value", "told"), WRONG)
def test_a_command_says_which_and_what_is_expected(
    tmp_path: Path, name: str, value: str, told: str
) -> None:
    done = started(tmp_path, "manage", name, value)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Wrong setting. {name}")
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("entry", ["web", "worker"])
@pytest.mark.parametrize(("name", "value", "told"), [WRONG[0], WRONG[3], WRONG[6]])
def test_the_web_and_the_worker_end_with_the_same_sentence(
    tmp_path: Path, entry: str, name: str, value: str, told: str
) -> None:
    done = started(tmp_path, entry, name, value)
    assert done.returncode == 1
    assert name in done.stderr
    assert told in done.stderr
    assert done.stderr.strip().count("\n") == 0
