"""Stored files are readable by their owner only, however the service is started."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.folders import own_folder, private_folder
from config.operations.launch import first_moderator
from moderation.accounts.models import User
from tests.config.running import environment

ENTRIES = {
    "manage.py": ["manage.py", "check"],
    "gunicorn": ["-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi", "--check-config"],
    "celery": ["-m", "celery", "-A", "config", "report"],
}
PRINT_STATE = "import atexit, os\natexit.register(lambda: print(f'umask {os.umask(0):o}'))\n"


def run(var_dir: Path, *command: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a shell with umask 0 does."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=environment(var_dir, **changed),
        capture_output=True,
        text=True,
        timeout=60,
        umask=0o022,
    )


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_point_creates_files_for_their_owner_only(tmp_path: Path, entry: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(PRINT_STATE)
    done = run(tmp_path / "var", *ENTRIES[entry], PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "umask 77\n" in done.stdout


@pytest.mark.parametrize(
    "command",
    [["-c", "import config.settings"], ["manage.py", "makemigrations", "--check", "--dry-run"]],
    ids=["settings", "makemigrations"],
)
def test_reading_the_settings_creates_no_files(tmp_path: Path, command: list[str]) -> None:
    var_dir = tmp_path / "var"
    done = run(var_dir, *command, DATABASE_URL="sqlite://:memory:")
    assert (done.returncode, done.stderr) == (0, "")
    assert not var_dir.exists()


def test_without_the_generated_secrets_nothing_is_signed_or_encrypted(tmp_path: Path) -> None:
    sign = "from django.core.signing import dumps; dumps(1)"
    encrypt = "from comments.encryption import seal; seal('olia@example.com')"
    for code in (sign, encrypt):
        done = run(tmp_path / "var", "-c", code, DJANGO_SETTINGS_MODULE="config.settings")
        assert done.returncode == 1, code


def test_an_open_folder_is_closed_and_so_are_new_files_in_it(tmp_path: Path) -> None:
    var_dir = tmp_path / "var"
    var_dir.mkdir()
    var_dir.chmod(0o755)
    assert run(var_dir, "manage.py", "migrate").returncode == 0
    assert mode(var_dir) == 0o700
    found = {path.name: mode(path) for path in var_dir.rglob("*") if path.is_file()}
    assert {"db.sqlite3", "secret_key", "contact_key"} <= found.keys()
    assert set(found.values()) == {0o600}


def test_files_left_open_by_an_earlier_version_are_closed(tmp_path: Path) -> None:
    var_dir = tmp_path / "var"
    assert run(var_dir, "manage.py", "migrate").returncode == 0
    (var_dir / "moderator.txt").write_text("moderator\nword\n")
    kept = [var_dir / name for name in ("db.sqlite3", "secret_key", "contact_key", "moderator.txt")]
    for path in [*kept, var_dir]:
        path.chmod(0o755 if path == var_dir else 0o644)
    assert run(var_dir, "manage.py", "migrate").returncode == 0
    assert {mode(path) for path in kept} == {0o600}
    assert mode(var_dir) == 0o700


def test_a_database_in_another_folder_is_closed_as_well(tmp_path: Path) -> None:
    database = tmp_path / "elsewhere.sqlite3"
    url = f"sqlite:///{database}"
    assert run(tmp_path / "var", "manage.py", "migrate", DATABASE_URL=url).returncode == 0
    assert mode(database) == 0o600


def test_an_open_folder_with_other_files_is_refused_and_not_changed(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    tmp_path.chmod(0o755)
    done = run(tmp_path, "manage.py", "check")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Wrong setting. VAR_DIR {tmp_path} is accessible to other users")
    assert done.stderr.count("\n") == 1
    assert mode(tmp_path) == 0o755
    assert {path.name for path in tmp_path.iterdir()} == {"letters"}


def test_an_open_folder_of_another_user_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setattr("os.geteuid", lambda: os.getuid() + 1)
    with pytest.raises(ImproperlyConfigured, match="is accessible to other users"):
        private_folder("VAR_DIR", tmp_path)


def test_a_new_folder_is_closed_to_others_even_without_a_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        own_folder("METRICS_DIR", tmp_path / "made")
    finally:
        os.umask(before)
    assert mode(tmp_path / "made") == 0o700


@pytest.mark.django_db
def test_the_first_password_is_closed_to_others_even_without_a_umask(
    tmp_path: Path, settings: Any
) -> None:
    settings.VAR_DIR = tmp_path
    before = os.umask(0)
    try:
        first_moderator.ensure_first_moderator()
    finally:
        os.umask(before)
    kept = tmp_path / "moderator.txt"
    assert User.objects.get().check_password(kept.read_text().splitlines()[1])
    assert mode(kept) == 0o600
