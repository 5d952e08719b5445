"""A secret can be in a file; a secret set twice or an unusable file stops the start."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from config import env
from tests.config.test_production import SOUND, manage

PRINT_STATE = """
import os
from django.conf import settings
database = settings.DATABASES["default"]
print(settings.SECRET_KEY, settings.CONTACT_KEYS, settings.METRICS_TOKEN)
print(database["PASSWORD"], database["HOST"], settings.CELERY_BROKER_URL)
print([name for name in os.environ if name in {names}])
"""
VALUES = {
    "SECRET_KEY": SOUND["SECRET_KEY"],
    "CONTACT_KEYS": f"{Fernet.generate_key().decode()},{Fernet.generate_key().decode()}",
    "DATABASE_URL": "postgres://peredmova:p%40ss@database.example.org/peredmova",
    "REDIS_URL": "redis://:word@broker.example.org:6379/0",
    "METRICS_TOKEN": "a-token-of-more-than-twenty-characters",
    "EMAIL_URL": "smtp+tls://peredmova:p%40ss@mail.example.org:587",
}


def files(folder: Path) -> dict[str, str]:
    """Each secret in its own file with a line break at its end, as make-secrets.sh writes it."""
    for name, value in VALUES.items():
        (folder / name).write_text(f"{value}\n")
    return {f"{name}_FILE": str(folder / name) for name in VALUES}


def test_production_can_read_every_secret_from_a_file(
    tmp_path: Path,
) -> None:
    var_dir = tmp_path / "var"
    sender = {"EMAIL_FROM": "comments@example.org"}
    given = {"ALLOWED_HOSTS": SOUND["ALLOWED_HOSTS"], **sender, **files(tmp_path)}
    script = PRINT_STATE.format(names=sorted(VALUES))
    code, words = manage(var_dir, "shell", "-v", "0", "-c", script, **given)
    assert code == 0, words
    assert words.splitlines()[-3:] == [
        f"{VALUES['SECRET_KEY']} {VALUES['CONTACT_KEYS'].split(',')} {VALUES['METRICS_TOKEN']}",
        "p@ss database.example.org redis://:word@broker.example.org:6379/0",
        "[]",
    ]
    assert not (var_dir / "secret_key").exists()


def test_a_secret_from_a_file_is_checked_by_the_same_rules(tmp_path: Path) -> None:
    (tmp_path / "short").write_text("short\n")
    code, words = manage(tmp_path / "var", "check", METRICS_TOKEN_FILE=str(tmp_path / "short"))
    assert (code, words.count("\n")) == (1, 1)
    assert words.startswith("Wrong setting. METRICS_TOKEN is too short")


@pytest.mark.parametrize("name", VALUES)
def test_a_secret_that_is_set_twice_is_refused(tmp_path: Path, name: str) -> None:
    given = {name: VALUES[name], f"{name}_FILE": files(tmp_path)[f"{name}_FILE"]}
    code, words = manage(tmp_path / "var", "check", **given)
    assert code == 1
    assert words == f"Wrong setting. {name} and {name}_FILE are both set: remove one of them.\n"


def test_these_tests_cover_every_secret() -> None:
    assert env.secrets == set(VALUES)


def test_an_empty_variable_counts_as_not_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text("from the file\n")
    monkeypatch.setenv("METRICS_TOKEN", "")
    monkeypatch.setenv("METRICS_TOKEN_FILE", str(tmp_path / "token"))
    assert env.secret("METRICS_TOKEN") == "from the file"
    monkeypatch.setenv("METRICS_TOKEN_FILE", "")
    assert env.secret("METRICS_TOKEN") == ""


def test_the_variable_of_a_secret_file_is_not_reported_as_misspelt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_KEY_FILE", "/run/secrets/secret_key")
    assert "SECRET_KEY_FILE" not in env.misspelt()
    monkeypatch.setenv("SECRET_KEYS_FILE", "/run/secrets/secret_key")
    assert "SECRET_KEYS_FILE" in env.misspelt()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "cannot be read: No such file or directory."),
        (b" \n", "is empty."),
        (b"\xff\xfe\x00", "is not a text file."),
    ],
)
def test_an_unusable_file_is_reported_in_one_sentence_with_the_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, message: str
) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("DATABASE_URL_FILE", str(path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(ImproperlyConfigured) as refused:
        env.secret("DATABASE_URL")
    assert str(refused.value) == f"DATABASE_URL_FILE {path} {message}"
