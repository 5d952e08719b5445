"""Back up the embedded database and its keys into one file, and restore from it.

Beside the database go the keys that VAR_DIR holds: without them the e-mails could not be opened
and the authors' links would be void.
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
from config.folders import made_now
from config.operations import health
from config.operations.var_dir_lock import hold_var_dir
from moderation import model_registry
from moderation.model_registry import ScorerError
from moderation.models import Decision

DATABASE = "db.sqlite3"
MANIFEST = "manifest.json"
# What VAR_DIR keeps that cannot be made anew: generated keys, the first moderator's password.
KEPT = ("*_key", "moderator.txt")
# What reading a file that is no backup, or half of one, may come to.
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
POSTGRES_WORDS = (
    "DATABASE_URL is PostgreSQL, which has its own way: see Backups in docs/operating.md."
)


class BackupError(Exception):
    """Nothing was made or replaced; the message is a sentence for the operator."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup holds, to be held against it before anything is replaced."""

    made_at: str
    model_version: str
    # Tells whether the secret is the same without telling it.
    secret_mark: str
    comments: int
    decisions: int
    migrations: list[list[str]]
    checksums: dict[str, str]


def back_up(target: Path, *, replace: bool = False) -> Manifest:
    """Writes the backup, readable by its owner only; whole, or not at all.

    Raises BackupError where there is no embedded database, no room for the copy, or a file of that
    name and `replace` was not said, and OSError where it cannot be written.
    """
    _only_embedded()
    if target.exists() and not replace:
        raise BackupError(f"{target} is there already: name another file, or say --replace.")
    try:
        return _write(target)
    except sqlite3.OperationalError as error:
        # SQLite tells of the disk, and not as the system would.
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
                archive.add(inside / name, name, filter=_owners_only)
        packed.chmod(0o600)
        packed.replace(target)
    return manifest


def restore(source: Path, *, replace: bool) -> Manifest:
    """Puts a backup in the place of the database and the keys, and migrates it.

    What stood there is kept beside with the ending `.before`. Raises BackupError with nothing
    touched where the backup is not whole, the service runs, or there is a database already and
    `replace` was not said.
    """
    _only_embedded()
    if not source.is_file():
        raise BackupError(f"There is no file {source}.")
    hold_var_dir()
    # Made for this command alone: refused, it leaves nothing; else those of the backup come.
    for path in made_now:
        path.unlink(missing_ok=True)
    place = Path(connection.settings_dict["NAME"])
    if not replace and place.exists() and place.stat().st_size:
        raise BackupError(f"There is a database already in {place}: say --replace to replace it.")
    with unpacked(source, beside=place) as (inside, manifest):
        connections.close_all()
        _put(inside, manifest, place)
    call_command("migrate", verbosity=0, interactive=False)
    if (found := (Comment.objects.count(), Decision.objects.count())) != (
        manifest.comments,
        manifest.decisions,
    ):
        raise BackupError(f"The restored database has {found[0]} comments, not as the backup says.")
    return manifest


def _owners_only(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.mode = 0o600
    return member


def secret_is_another(manifest: Manifest) -> bool:
    """Whether the SECRET_KEY to be used differs from that of the backup."""
    kept = settings.VAR_DIR / "secret_key"
    secret = env.secret("SECRET_KEY") or (kept.read_text() if kept.exists() else "")
    return _mark(secret) != manifest.secret_mark


def _only_embedded() -> None:
    if connection.vendor != "sqlite":
        raise BackupError(POSTGRES_WORDS)


def _copy_database(target: Path) -> None:
    """A consistent copy of one moment; writers go on meanwhile, for the log is apart (WAL)."""
    place = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(place)) as running, closing(sqlite3.connect(target)) as copy:
        running.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    target.chmod(0o600)


def _kept() -> list[Path]:
    return sorted(path for pattern in KEPT for path in settings.VAR_DIR.glob(pattern))


def _manifest(inside: Path) -> Manifest:
    """Counted in the copy: the running database is further by now."""
    with closing(sqlite3.connect(inside / DATABASE)) as copy:
        counts = [
            int(copy.execute(f"SELECT count(*) FROM {model._meta.db_table}").fetchone()[0])  # noqa: S608
            for model in (Comment, Decision)
        ]
        applied = copy.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    return Manifest(
        made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        model_version=_model_version(),
        secret_mark=_mark(settings.SECRET_KEY),
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


def _mark(secret: str) -> str:
    return salted_hmac("config.backup", "mark", secret, algorithm="sha256").hexdigest()[:16]


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def unpacked(source: Path, *, beside: Path) -> Iterator[tuple[Path, Manifest]]:
    """The checked files of a backup, on the disk where they will go; raises BackupError."""
    with tempfile.TemporaryDirectory(dir=beside.parent, prefix=".restore-") as folder:
        inside = Path(folder)
        try:
            _unpack(source, inside)
            manifest = _read_manifest(inside)
        except UNREADABLE as error:
            raise BackupError(f"{source} is not a whole backup; nothing was touched.") from error
        _check(inside, manifest)
        yield inside, manifest


def _unpack(source: Path, inside: Path) -> None:
    """Plain files with plain names of our own, and nothing else that an archive may hold."""
    with tarfile.open(source) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isfile() else None
            if content is None or not _is_ours(member.name):
                raise BackupError(f"{source} holds what no backup has; nothing was touched.")
            with content, (inside / member.name).open("xb") as file:
                shutil.copyfileobj(content, file)


def _is_ours(name: str) -> bool:
    kept = any(fnmatch(name, pattern) for pattern in KEPT)
    return "/" not in name and (kept or name in {DATABASE, MANIFEST})


def _read_manifest(inside: Path) -> Manifest:
    told: dict[str, Any] = json.loads((inside / MANIFEST).read_text())
    return Manifest(**{field.name: told[field.name] for field in fields(Manifest)})


def _check(inside: Path, manifest: Manifest) -> None:
    found = {path.name: _checksum(path) for path in inside.iterdir() if path.name != MANIFEST}
    if found != manifest.checksums or DATABASE not in found:
        raise BackupError("A file in the backup is damaged or missing; nothing was touched.")
    with closing(sqlite3.connect(inside / DATABASE)) as copy:
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise BackupError("The database in the backup is damaged; nothing was touched.")
    newer = {tuple(each) for each in manifest.migrations} - health.known_migrations()
    if newer:
        raise BackupError("The backup is of a newer version of the program: install that first.")


def _put(inside: Path, manifest: Manifest, place: Path) -> None:
    """The files into their places; what a log left beside the old database would spoil the new."""
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
