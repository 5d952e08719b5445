"""A command without its database fails with a sentence that says what to check."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.config.running import environment

CLOSED = "postgres://olena:tayemnytsia@127.0.0.1:1/comments"
NOWHERE = "sqlite:////nowhere/db.sqlite3"


def manage(var_dir: Path, database: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(var_dir, DATABASE_URL=database.replace("///new", f"///{var_dir}/new")),
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("database", "cause", "command"),
    [
        (CLOSED, "Connection refused", ["moderate_pending"]),
        (CLOSED, "Connection refused", ["migrate"]),
        (NOWHERE, "unable to open database file", ["export_person", "olena@example.org"]),
        ("sqlite:///new.sqlite3", "no such table", ["drop_contacts"]),
    ],
    ids=["server closed", "closed for a migration", "no such folder", "never migrated"],
)
def test_the_message_names_the_setting_and_the_cause(
    tmp_path: Path, database: str, cause: str, command: list[str]
) -> None:
    done = manage(tmp_path, database, *command)
    assert done.returncode == 1
    assert done.stderr.startswith("DATABASE_URL: ")
    assert cause in done.stderr
    assert done.stderr.count("\n") == 1
    assert "tayemnytsia" not in done.stderr


def test_the_traceback_is_shown_on_request(tmp_path: Path) -> None:
    assert "Traceback" in manage(tmp_path, NOWHERE, "drop_contacts", "--traceback").stderr
