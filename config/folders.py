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
# A folder belongs to the service if it has any of the first, or nothing but the second.
DEFINITE_FILES = {"secret_key", "contact_key", "moderator.txt", "db.sqlite3", "serve.lock"}
POSSIBLE_FILES = {"metrics", "static", "static.stamp", "lost+found"}


def own_folder(name: str, path: str | Path) -> Path:
    """Return the folder of the setting `name`; create it with access for its owner only.

    Raises ImproperlyConfigured if it cannot be created or is not writable.
    """
    folder = Path(path).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} {folder} cannot be created: {error.strerror}."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name} {folder} is not writable.")
    return folder


def private_folder(name: str, path: str | Path) -> Path:
    """Like `own_folder`, but also close an existing folder to other users.

    Raises ImproperlyConfigured if other users have access and the folder may not be only ours, as
    /tmp is not.
    """
    folder = own_folder(name, path)
    if folder.stat().st_mode & OTHERS:
        if not _is_ours(folder):
            raise ImproperlyConfigured(
                f"{name} {folder} is accessible to other users: run `chmod 700` on it, "
                "or name an empty folder."
            )
        close_to_others(folder)
    for file in ("secret_key", "contact_key", "moderator.txt"):
        close_to_others(folder / file)
    return folder


def close_to_others(path: Path) -> None:
    """Remove the permissions of group and others if the file exists and is ours."""
    with suppress(FileNotFoundError):
        found = path.stat()
        if found.st_mode & OTHERS and found.st_uid == os.geteuid():
            path.chmod(stat.S_IMODE(found.st_mode) & ~OTHERS)


# The secrets that this process has generated.
generated_now: list[Path] = []


def kept_secret(path: Path) -> str:
    """Return a secret generated earlier, or an empty string."""
    try:
        return path.read_text()
    except FileNotFoundError:
        return ""


def generated_secret(path: Path, make: Callable[[], str]) -> str:
    """Return the secret in `path`; at the first start generate it, readable only by its owner.

    Writes it atomically, since several processes may start at once.
    """
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as temporary:
            temporary.write(make())
            temporary.flush()
            with suppress(FileExistsError):
                os.link(temporary.name, path)
                generated_now.append(path)
    return path.read_text()


def broker_socket(var_dir: Path) -> Path:
    """Return the embedded broker's socket; its path is limited to about 100 bytes."""
    socket = var_dir / "broker.sock"
    if len(bytes(socket)) < 100:
        return socket
    name = hashlib.sha256(bytes(var_dir)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"comments-{name}.sock"


def _is_ours(folder: Path) -> bool:
    """Return whether the folder belongs to this user and to the service; an empty one does."""
    found = {each.name for each in folder.iterdir()}
    known = bool(found & DEFINITE_FILES) or found <= POSSIBLE_FILES
    return known and folder.stat().st_uid == os.geteuid()
