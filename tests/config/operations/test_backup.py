"""A backup made while the service runs restores comments, accounts, keys and links."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from config.operations.backup import BackupError, back_up, unpacked
from tests.config.running import Service, environment, running
from tests.processes import wait_until

COMMENTS = "/api/v1/articles/mist-cherez-tykhu/comments/"
BODY = {"author_name": "Тамара", "author_email": "tamara@example.org"}
TEXT = "Дякую, цю новину треба зберегти."


@pytest.fixture(scope="module")
def rooms() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="keep-", ignore_cleanup_errors=True) as folder:
        yield Path(folder).resolve()


@pytest.fixture(scope="module")
def before(rooms: Path) -> Iterator[dict[str, Any]]:
    """A service that accepted a comment, was backed up while running, and continued."""
    (rooms / "first").mkdir()
    with running(rooms / "first") as service:
        _, answer = service.ask(COMMENTS, {**BODY, "text": TEXT})
        link = "/api/v1/" + answer["status_url"].partition("/api/v1/")[2]
        wait_until(lambda: service.ask(link)[1]["status"] == "published", seconds=20)
        made = manage(service.var_dir, "backup", "kept.backup")
        refused = manage(service.var_dir, "restore", "kept.backup", "--replace")
        service.ask(COMMENTS, {**BODY, "text": "Це вже після копії."})
        yield {"made": made, "refused": refused, "link": link, "password": password(service)}
        service.process.send_signal(signal.SIGTERM)
        service.process.wait(20)


def manage(var_dir: Path, *arguments: str) -> tuple[int, str]:
    """Run a command as an operator; return its exit code and output. Its files are by VAR_DIR."""
    done = subprocess.run(
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
        cwd=var_dir.parent,
        env=environment(var_dir),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout


def password(service: Service) -> str:
    """The first password, with which the service says one can still sign in."""
    assert "password in" in service.output()
    return (service.var_dir / "moderator.txt").read_text().splitlines()[1]


def test_a_backup_is_made_while_the_service_runs_and_only_its_owner_can_read_it(
    before: dict[str, Any], rooms: Path
) -> None:
    code, words = before["made"]
    assert code == 0, words
    assert "db.sqlite3, moderator.txt, secret_key" in words
    assert (rooms / "kept.backup").stat().st_mode & 0o777 == 0o600
    assert [path for path in rooms.iterdir() if path.name.startswith(".")] == []


def test_nothing_is_restored_while_the_service_runs(before: dict[str, Any]) -> None:
    code, words = before["refused"]
    assert code != 0
    assert "is already running" in words


def test_a_restore_on_a_new_machine_brings_everything_back(
    before: dict[str, Any], rooms: Path
) -> None:
    code, words = manage(rooms / "second", "restore", "kept.backup")
    assert code == 0, words
    assert "SECRET_KEY" not in words
    with running(rooms / "second", DEMO="0") as service:
        status, fate = service.ask(before["link"])
        assert (status, fate["status"]) == (200, "published")
        texts = [row["text"] for row in service.ask(COMMENTS)[1]["results"]]
        assert TEXT in texts
        assert "Це вже після копії." not in texts
        assert password(service) == before["password"]


def test_an_existing_database_is_replaced_only_on_request(
    before: dict[str, Any], rooms: Path
) -> None:
    place = rooms / "third"
    place.mkdir()
    (place / "db.sqlite3").write_bytes(b"not a database, but somebody's")
    (place / "db.sqlite3-wal").write_bytes(b"of the other")
    code, words = manage(place, "restore", "kept.backup")
    assert code != 0
    assert "--replace" in words
    assert (place / "db.sqlite3").read_bytes().startswith(b"not a database")
    code, words = manage(place, "restore", "kept.backup", "--replace")
    assert code == 0, words
    assert (place / "db.sqlite3.before").read_bytes().startswith(b"not a database")
    assert (place / "db.sqlite3.before-wal").read_bytes() == b"of the other"


def packed(files: dict[str, bytes]) -> bytes:
    written = BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, BytesIO(content))
    return written.getvalue()


def contents(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        return {member.name: archive.extractfile(member).read() for member in archive}  # type: ignore[union-attr]


def damaged(whole: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    yield "is not a complete backup", packed(whole)[:-2000]
    yield "is not a complete backup", b"something else"
    yield "is not a complete backup", packed({**whole, "manifest.json": b"{}"})
    yield "damaged or missing", packed({**whole, "secret_key": b"another"})
    yield "damaged or missing", packed({n: c for n, c in whole.items() if n != "secret_key"})
    yield "not part of a backup", packed({**whole, "../outside_key": b"x"})
    manifest = json.loads(whole["manifest.json"])
    manifest["migrations"].append(["comments", "9999_of_tomorrow"])
    yield "newer version", packed({**whole, "manifest.json": json.dumps(manifest).encode()})


def test_an_incomplete_backup_is_refused(before: dict[str, Any], rooms: Path) -> None:
    whole = contents(rooms / "kept.backup")
    with unpacked(rooms / "kept.backup", beside=rooms / "x") as (inside, manifest):
        assert (inside / "secret_key").read_bytes() == whole["secret_key"]
        assert manifest.model_version
    for message, content in damaged(whole):
        (rooms / "spoilt.backup").write_bytes(content)
        with (
            pytest.raises(BackupError, match=message),
            unpacked(rooms / "spoilt.backup", beside=rooms / "x"),
        ):
            pass
    assert not (rooms / "outside_key").exists()


def test_a_damaged_backup_changes_nothing(before: dict[str, Any], rooms: Path) -> None:
    place = rooms / "fourth"
    place.mkdir()
    (place / "secret_key").write_text("the one that was here")
    whole = contents(rooms / "kept.backup")
    (rooms / "spoilt.backup").write_bytes(packed({**whole, "secret_key": b"another"}))
    code, words = manage(place, "restore", "spoilt.backup")
    assert code != 0
    assert words.endswith("damaged or missing; nothing was changed.\n")
    # Nothing came from the backup, and no key was generated.
    assert {path.name for path in place.iterdir()} == {"secret_key", "serve.lock", "metrics"}
    assert (place / "secret_key").read_text() == "the one that was here"


def test_backup_and_restored_files_are_readable_by_their_owner_only(
    before: dict[str, Any], rooms: Path
) -> None:
    with tarfile.open(rooms / "kept.backup") as archive:
        assert {member.mode & 0o777 for member in archive} == {0o600}
    place = rooms / "fifth"
    code, words = manage(place, "restore", "kept.backup")
    assert code == 0, words
    kept = [path for path in place.iterdir() if path.is_file()]
    assert {path.name: path.stat().st_mode & 0o077 for path in kept} == {p.name: 0 for p in kept}
    # The keys that the command itself generated are not kept.
    assert [path for path in kept if path.name.endswith(".before")] == []


def test_a_refused_restore_leaves_an_empty_folder_empty(
    before: dict[str, Any], rooms: Path
) -> None:
    place = rooms / "sixth"
    (rooms / "spoilt.backup").write_bytes(b"something else")
    code, words = manage(place, "restore", "spoilt.backup")
    assert (code, words.count("\n")) == (1, 1)
    # The lock and a folder for metrics, which contain nothing.
    assert {path.name for path in place.iterdir()} == {"serve.lock", "metrics"}


def test_a_missing_file_is_reported(rooms: Path) -> None:
    place = rooms / "seventh"
    code, words = manage(place, "restore", "nowhere.backup")
    assert (code, words) == (1, "CommandError: The file nowhere.backup does not exist.\n")
    # No key was left, which the restore of the right file would then keep as an older one.
    assert {path.name for path in place.iterdir()} == {"metrics"}


def test_an_existing_backup_is_replaced_only_on_request(
    before: dict[str, Any], rooms: Path
) -> None:
    (rooms / "older.backup").write_bytes(b"of last week")
    place = rooms / "first"
    code, words = manage(place, "backup", "older.backup")
    assert (code, "--replace" in words) == (1, True)
    assert (rooms / "older.backup").read_bytes() == b"of last week"
    code, words = manage(place, "backup", "older.backup", "--replace")
    assert code == 0, words
    assert "secret_key" in contents(rooms / "older.backup")


@pytest.mark.django_db
def test_a_full_disk_is_reported_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tell SQLite that the copy may not grow, so it raises its own error for a full disk."""

    def full(target: Path) -> None:
        with closing(sqlite3.connect(target)) as copy:
            copy.execute("PRAGMA max_page_count = 1")
            copy.execute("CREATE TABLE a (b)")

    monkeypatch.setattr("config.operations.backup._copy_database", full)
    with pytest.raises(CommandError, match="database or disk is full") as message:
        call_command("backup", str(tmp_path / "x"))
    assert str(tmp_path / "x") in str(message.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_backup_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("backup", str(tmp_path / "nowhere" / "x"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_with_postgresql_it_recommends_pg_dump(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.operations.backup.connection", SimpleNamespace(vendor="postgresql"))
    with pytest.raises(BackupError, match="use pg_dump"):
        back_up(tmp_path / "x")
    assert os.listdir(tmp_path) == []
