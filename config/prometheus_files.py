"""The files that prometheus_client counts into, one per process and kind of metric.

The library maps a file that is longer than what it has written, so a write to it on a full disk
ends the process with SIGBUS. It has no setting for the file's size or for how it is made
(https://github.com/prometheus/client_python/issues/426): here the file is written in full before
the library opens it, by the name that the library gives it. tests/config/test_prometheus_files.py
fails when the library names or sizes them in another way.

The name has the host's in it, since the containers of web and workers share a folder, and the first
process of each has the same number.
"""

import os
import socket
from pathlib import Path

from prometheus_client import values

# Where the library looks for its folder; config.prepare sets it.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
KINDS = ("counter", "histogram")
# What the library maps of a file; all our names and labels take a quarter of it.
FILE_SIZE = 64 * 1024

_HOST = socket.gethostname()
_reserved: set[str] = set()


def process_name() -> str:
    """What tells this process from all others that count into the same folder."""
    return f"{_HOST}-{os.getpid()}"


if FOLDER in os.environ:
    values.ValueClass = values.MultiProcessValue(process_name)  # type: ignore[no-untyped-call]


def reserve() -> None:
    """Makes this process's files where they are missing; without a folder it counts in memory.

    Raises OSError where there is no room, and leaves nothing behind.
    """
    process = process_name()
    if process in _reserved or FOLDER not in os.environ:
        return
    for kind in KINDS:
        path = Path(os.environ[FOLDER]) / f"{kind}_{process}.db"
        if not path.exists():
            try:
                path.write_bytes(bytes(FILE_SIZE))
            except OSError:
                path.unlink(missing_ok=True)
                raise
    _reserved.add(process)


def delete_old_metrics() -> None:
    """Delete the counters of earlier processes. Call this only while none of them is running."""
    for path in Path(os.environ[FOLDER]).glob("*.db"):
        path.unlink(missing_ok=True)
