"""Production: what browsers are sent, and which settings the service refuses."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.security import check_contact_keys, is_public, require_production_settings

SOUND = {
    "ALLOWED_HOSTS": "comments.example.org",
    "SECRET_KEY": "w4-a-long-and-random-secret-that-nobody-else-has-0123456789",
    "CONTACT_KEYS": Fernet.generate_key().decode(),
}


def manage(var_dir: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Return the exit code and all output of a command with only these settings."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(var_dir), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout


def test_the_deployment_check_finds_nothing_in_production(tmp_path: Path) -> None:
    code, words = manage(tmp_path, "check", "--deploy", "--fail-level", "INFO", **SOUND)
    assert (code, words) == (0, "System check identified no issues (2 silenced).\n")


@pytest.mark.parametrize(
    ("name", "value", "raised"),
    [
        ("secret", "", "SECRET_KEY must be set"),
        ("secret", "short", "SECRET_KEY must be set"),
        ("secret", "a" * 60, "SECRET_KEY must be set"),
        ("secret", f"django-insecure-{'abcdefg' * 9}", "SECRET_KEY must be set"),
        ("debug", True, "DEBUG must be off"),
        ("hosts", [], "ALLOWED_HOSTS must list the names"),
        ("hosts", ["comments.example.org", "*"], "ALLOWED_HOSTS must list the names"),
        ("contact_keys", [], "CONTACT_KEYS must be set"),
    ],
)
def test_production_refuses_settings_fit_only_for_a_trial(
    name: str, value: Any, raised: str
) -> None:
    sound: dict[str, Any] = {
        "secret": SOUND["SECRET_KEY"],
        "contact_keys": ["k"],
        "hosts": ["x.org"],
        "debug": False,
    }
    require_production_settings(**sound)
    with pytest.raises(ImproperlyConfigured, match=raised):
        require_production_settings(**{**sound, name: value})


def test_an_invalid_key_is_reported_by_its_position() -> None:
    check_contact_keys([SOUND["CONTACT_KEYS"]])
    with pytest.raises(
        ImproperlyConfigured, match="CONTACT_KEYS: key number 2 is not valid"
    ) as raised:
        check_contact_keys([SOUND["CONTACT_KEYS"], "s3cret"])
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize("days", ["-1", "soon", "36501"])
def test_an_invalid_number_of_days_is_reported_with_its_setting(tmp_path: Path, days: str) -> None:
    code, words = manage(tmp_path, "check", ADDRESS_KEPT_DAYS=days)
    assert code != 0
    assert words.startswith("Wrong setting. ADDRESS_KEPT_DAYS ")


@pytest.mark.parametrize("name", ["SECRET_KEY", "CONTACT_KEYS"])
def test_a_refusal_is_one_sentence(tmp_path: Path, name: str) -> None:
    code, words = manage(tmp_path, "check", **{**SOUND, name: ""})
    assert code != 0
    assert words.count("\n") == 1
    assert words.startswith(f"Wrong setting. {name} must be set in production")


@pytest.mark.parametrize(
    ("hosts", "public"),
    [
        (["localhost", "127.0.0.1", "[::1]"], False),
        (["localhost", "news.lan"], True),
        (["*"], True),
        ([".example.org"], True),
    ],
)
def test_a_publicly_reachable_name_means_production(hosts: list[str], public: bool) -> None:
    assert is_public(hosts) is public


def test_generated_secrets_are_closed_to_others_and_do_not_change(tmp_path: Path) -> None:
    assert manage(tmp_path, "check")[0] == 0
    kept = {name: (tmp_path / name).read_text() for name in ("secret_key", "contact_key")}
    for name, secret in kept.items():
        assert len(secret) > 40
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    assert manage(tmp_path, "check")[0] == 0
    assert {name: (tmp_path / name).read_text() for name in kept} == kept


ASK = """
from django.conf import settings
from django.test import Client
for path in ("/api/v1/x/", "/healthz"):
    for secure in (True, False):
        answer = Client().get(path, secure=secure, headers={"host": "comments.example.org"})
        print(path, secure, answer.status_code, answer.headers.get("Strict-Transport-Security"))
print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)
"""


def test_production_redirects_to_https_and_sets_hsts(tmp_path: Path) -> None:
    _, words = manage(tmp_path, "shell", "-v", "0", "-c", ASK, **SOUND, LOG_LEVEL="ERROR")
    assert words.splitlines()[-5:] == [
        "/api/v1/x/ True 404 max-age=31536000",
        "/api/v1/x/ False 301 None",
        "/healthz True 200 max-age=31536000",
        "/healthz False 200 None",
        "True True",
    ]
