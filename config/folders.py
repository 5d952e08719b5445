"""The service's own folders and generated secrets, readable by their owner only."""

import hashlib
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

OTHERS = stat.S_IRWXG | stat.S_IRWXO
# A folder with one of these is the service's own; so is one with nothing but those below.
SURELY_OURS = {"secret_key", "contact_key", "moderator.txt", "db.sqlite3", "serve.lock"}
MAYBE_OURS = {"metrics", "static", "static.stamp", "lost+found"}


def own_folder(name: str, path: str | Path) -> Path:
    """The folder of the setting `name`, made where it is not there, for its owner only.

    Raises ImproperlyConfigured where it cannot be made or written to.
    """
    folder = Path(path).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} {folder} cannot be made: {error.strerror}.") from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name} {folder} cannot be written to.")
    return folder


def private_folder(name: str, path: str | Path) -> Path:
    """The same, closed to others where it was there before and is ours.

    Raises ImproperlyConfigured where others can read it and it is not ours to close: it may be the
    home of other things, such as /tmp.
    """
    folder = own_folder(name, path)
    if folder.stat().st_mode & OTHERS:
        if not _is_ours(folder):
            raise ImproperlyConfigured(
                f"{name} {folder} is open to others: `chmod 700` it, or name an empty folder."
            )
        close_to_others(folder)
    for file in ("secret_key", "contact_key", "moderator.txt"):
        close_to_others(folder / file)
    return folder


def close_to_others(path: Path) -> None:
    """Takes the rights of group and others away, where there is such a file and it is ours."""
    with suppress(FileNotFoundError):
        found = path.stat()
        if found.st_mode & OTHERS and found.st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)


# The secrets that this very process has generated.
made_now: list[Path] = []


def kept_secret(path: Path) -> str:
    """The secret that an earlier start has generated; empty where none has."""
    try:
        return path.read_text()
    except FileNotFoundError:
        return ""


def generated_secret(path: Path, make: Callable[[], str]) -> str:
    """The secret kept in `path`, made at the first start and readable by its owner only.

    Whole from its first moment, and only once: processes may start together.
    """
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as made:
            made.write(make())
            made.flush()
            with suppress(FileExistsError):
                os.link(made.name, path)
                made_now.append(path)
    return path.read_text()


def broker_socket(var_dir: Path) -> Path:
    """Where the embedded broker listens: a socket path has a limit of about 100 bytes."""
    socket = var_dir / "broker.sock"
    if len(bytes(socket)) < 100:
        return socket
    name = hashlib.sha256(bytes(var_dir)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"comments-{name}.sock"


def _is_ours(folder: Path) -> bool:
    """Whether it belongs to who runs this, and is empty or holds what the service makes."""
    found = {each.name for each in folder.iterdir()}
    known = bool(found & SURELY_OURS) or found <= MAYBE_OURS
    return known and folder.stat().st_uid == os.geteuid()
