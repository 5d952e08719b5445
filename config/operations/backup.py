"""Back up the embedded database and its keys into one file, and restore from it.

It includes the keys in VAR_DIR: without them e-mails cannot be decrypted and authors' links do not
work.
"""

import datetime as dt
import gzip
import hashlib
import json
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils.crypto import salted_hmac

from comments.models import Comment
from config import env
from config.folders import generated_now
from config.operations import health
from config.operations.var_dir_lock import hold_var_dir
from moderation import model_registry
from moderation.model_registry import ScorerError
from moderation.models import Decision

DATABASE = "db.sqlite3"
MANIFEST = "manifest.json"
# Files of VAR_DIR that cannot be regenerated: keys, and the first moderator's password.
KEPT = ("*_key", "moderator.txt")
# What may be raised when a file is not a backup, or is incomplete.
UNREADABLE = (
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    sqlite3.DatabaseError,
    EOFError,
    ValueError,
    TypeError,
    KeyError,
    FileNotFoundError,
)
POSTGRES_MESSAGE = 'DATABASE_URL is PostgreSQL: use pg_dump, see "Backups" in docs/operating.md.'


class BackupError(Exception):
    """The backup or restore failed; the message is a sentence for the operator."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The contents of a backup, to verify it before anything is replaced."""

    made_at: str
    model_version: str
    # A keyed hash, to compare secrets without storing them.
    secret_hash: str
    comments: int
    decisions: int
    migrations: list[list[str]]
    checksums: dict[str, str]


def back_up(target: Path, *, replace: bool = False) -> Manifest:
    """Write the backup atomically, readable only by its owner.

    Raises BackupError if the database is not the embedded one, if the disk is full, or if the file
    exists and `replace` is false; raises OSError if it cannot be written.
    """
    _require_sqlite()
    if target.exists() and not replace:
        raise BackupError(f"{target} already exists: name another file, or use --replace.")
    try:
        return _write(target)
    except sqlite3.OperationalError as error:
        # SQLite reports a full or read-only disk with an error of its own.
        raise BackupError(f"{target} cannot be written: {error}.") from error


def _write(target: Path) -> Manifest:
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".backup-") as folder:
        inside = Path(folder)
        _copy_database(inside / DATABASE)
        for path in _kept():
            shutil.copyfile(path, inside / path.name)
        manifest = _manifest(inside)
        (inside / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1))
        packed = inside / "packed"
        with tarfile.open(packed, "x:gz", compresslevel=1) as archive:
            for name in [MANIFEST, *manifest.checksums]:
                archive.add(inside / name, name, filter=_set_private_mode)
        packed.chmod(0o600)
        packed.replace(target)
    return manifest


def restore(source: Path, *, replace: bool) -> Manifest:
    """Replace the database and the keys with those of a backup, and migrate.

    Existing files are kept with the suffix `.before`. Changes nothing and raises BackupError if the
    backup is incomplete or a database exists and `replace` is false; raises CannotStartError if the
    service is running.
    """
    # Secrets generated for this command: if it fails, nothing is left; else the backup has its own.
    for path in generated_now:
        path.unlink(missing_ok=True)
    _require_sqlite()
    if not source.is_file():
        raise BackupError(f"The file {source} does not exist.")
    hold_var_dir()
    database = Path(connection.settings_dict["NAME"])
    if not replace and database.exists() and database.stat().st_size:
        raise BackupError(
            f"There is already a database at {database}: use --replace to replace it."
        )
    with unpacked(source, beside=database) as (inside, manifest):
        connections.close_all()
        _put(inside, manifest, database)
    call_command("migrate", verbosity=0, interactive=False)
    if (found := (Comment.objects.count(), Decision.objects.count())) != (
        manifest.comments,
        manifest.decisions,
    ):
        raise BackupError(
            f"The restored database has {found[0]} comments, the backup {manifest.comments}."
        )
    return manifest


def _set_private_mode(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.mode = 0o600
    return member


def secret_differs(manifest: Manifest) -> bool:
    """Return whether SECRET_KEY differs from that of the backup."""
    kept = settings.VAR_DIR / "secret_key"
    secret = env.secret("SECRET_KEY") or (kept.read_text() if kept.exists() else "")
    return _secret_hash(secret) != manifest.secret_hash


def _require_sqlite() -> None:
    if connection.vendor != "sqlite":
        raise BackupError(POSTGRES_MESSAGE)


def _copy_database(target: Path) -> None:
    """Copy a consistent snapshot. Writers are not blocked."""
    place = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(place)) as running, closing(sqlite3.connect(target)) as copy:
        running.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    target.chmod(0o600)


def _kept() -> list[Path]:
    return sorted(path for pattern in KEPT for path in settings.VAR_DIR.glob(pattern))


def _manifest(inside: Path) -> Manifest:
    """Describe the copy: the running database may have changed since."""
    with closing(sqlite3.connect(inside / DATABASE)) as copy:
        counts = [
            int(copy.execute(f"SELECT count(*) FROM {model._meta.db_table}").fetchone()[0])  # noqa: S608
            for model in (Comment, Decision)
        ]
        applied = copy.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    return Manifest(
        made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        model_version=_model_version(),
        secret_hash=_secret_hash(settings.SECRET_KEY),
        comments=counts[0],
        decisions=counts[1],
        migrations=[list(each) for each in applied],
        checksums={path.name: _checksum(path) for path in sorted(inside.iterdir())},
    )


def _model_version() -> str:
    try:
        return model_registry.for_site().version
    except ScorerError:
        return ""


def _secret_hash(secret: str) -> str:
    return salted_hmac("config.backup", "secret", secret, algorithm="sha256").hexdigest()[:16]


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def unpacked(source: Path, *, beside: Path) -> Iterator[tuple[Path, Manifest]]:
    """Unpack and verify a backup in a temporary folder next to `beside`. Raises BackupError."""
    with tempfile.TemporaryDirectory(dir=beside.parent, prefix=".restore-") as folder:
        inside = Path(folder)
        try:
            _unpack(source, inside)
            manifest = _read_manifest(inside)
        except UNREADABLE as error:
            raise BackupError(f"{source} is not a complete backup; nothing was changed.") from error
        _check(inside, manifest)
        yield inside, manifest


def _unpack(source: Path, inside: Path) -> None:
    """Extract plain files with known names; refuse an archive with anything else."""
    with tarfile.open(source) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content is None or not _is_known(member.name):
                raise BackupError(
                    f"{source} contains files that are not part of a backup; nothing was changed."
                )
            with content, (inside / member.name).open("xb") as file:
                shutil.copyfileobj(content, file)


def _is_known(name: str) -> bool:
    kept = any(fnmatch(name, pattern) for pattern in KEPT)
    return "/" not in name and (kept or name in {DATABASE, MANIFEST})


def _read_manifest(inside: Path) -> Manifest:
    content: dict[str, Any] = json.loads((inside / MANIFEST).read_text())
    return Manifest(**{field.name: content[field.name] for field in fields(Manifest)})


def _check(inside: Path, manifest: Manifest) -> None:
    found = {path.name: _checksum(path) for path in inside.iterdir() if path.name != MANIFEST}
    if found != manifest.checksums or DATABASE not in found:
        raise BackupError("A file in the backup is damaged or missing; nothing was changed.")
    with closing(sqlite3.connect(inside / DATABASE)) as copy:
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise BackupError("The database in the backup is damaged; nothing was changed.")
    newer = {tuple(each) for each in manifest.migrations} - health.known_migrations()
    if newer:
        raise BackupError(
            "The backup was made by a newer version of Peredmova: install that version first."
        )


def _put(inside: Path, manifest: Manifest, place: Path) -> None:
    """Move the files into place, and the write-ahead log of the old database out of the way."""
    places = {n: settings.VAR_DIR / n for n in manifest.checksums if n != DATABASE}
    places[DATABASE] = place
    for ending in ("-wal", "-shm"):
        old = place.with_name(place.name + ending)
        if old.exists():
            old.replace(old.with_name(f"{place.name}.before{ending}"))
    for name, goal in places.items():
        (inside / name).chmod(0o600)
        if goal.exists():
            goal.replace(goal.with_name(f"{goal.name}.before"))
        (inside / name).replace(goal)
