"""A small disk that can be filled up: a memory file system mounted for this run only.

The mount is in a namespace of this process and its children, so it disappears with them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTES = 512
# Set for the process that is already in its namespace, or that could not get one.
INSIDE = "CHAOS_DISK"
# As root, or as another user if the kernel allows users to create namespaces.
WAYS = (
    ("unshare", "--mount"),
    ("unshare", "--user", "--map-current-user", "--keep-caps", "--mount"),
)
SKIPPED = "Not done: the disk is not filled up, since no small disk can be mounted here."


def enter() -> None:
    """Re-execute the command in a new namespace; return if already in one."""
    if INSIDE in os.environ:
        return
    way = next((way for way in WAYS if _works(way)), None)
    os.environ[INSIDE] = "yes" if way else "no"
    if way:
        command = [*way, sys.executable, "-m", "tests.chaos", *sys.argv[1:]]
        os.execvp(command[0], command)


def _works(way: tuple[str, ...]) -> bool:
    with tempfile.TemporaryDirectory() as place:
        try:
            done = subprocess.run([*way, *_mount(Path(place), 1)], capture_output=True, timeout=10)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return done.returncode == 0


def _mount(place: Path, megabytes: int) -> list[str]:
    options = f"size={megabytes}m,mode=755"
    return ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]


class Disk:
    """Where the service stores everything; `small` says whether it can be filled up."""

    def __init__(self, place: Path, small: bool) -> None:
        self.place = place
        self.small = small
        self._ballast = place / "ballast"

    def fill(self) -> None:
        """Fill it to the last byte."""
        with self._ballast.open("ab", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while file.write(b"\0" * size):
                        pass
                except OSError:
                    continue

    def free(self) -> None:
        self._ballast.unlink(missing_ok=True)


@contextmanager
def disk() -> Iterator[Disk]:
    # Short, because of the broker's socket.
    place = Path(tempfile.mkdtemp(prefix="chaos-")).resolve()
    small = os.environ.get(INSIDE) == "yes"
    try:
        if small:
            subprocess.run(_mount(place, MEGABYTES), check=True)
        yield Disk(place, small)
    finally:
        if small:
            subprocess.run(["umount", "--lazy", str(place)], check=False)
        shutil.rmtree(place, ignore_errors=True)
