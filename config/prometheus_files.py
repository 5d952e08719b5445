"""The files that prometheus_client counts into, one per process and kind of metric.

The library maps a sparse file into memory, so on a full disk a write to it kills the process with
SIGBUS. It has no setting for the file's size or for how the file is created
(https://github.com/prometheus/client_python/issues/426). This module therefore writes the whole
file, under the library's name for it, before the library opens it.
tests/config/test_prometheus_files.py fails if the library changes the names or sizes.

The name includes the host's, since the containers of web and workers share a folder, and the first
process of each has the same process id.
"""

import os
import socket
from pathlib import Path

from prometheus_client import values

# The library reads its folder from this variable, which config.prepare sets.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
KINDS = ("counter", "histogram")
# The library's initial size of a file; all our names and labels take a quarter of it.
FILE_SIZE = 64 * 1024

_HOST = socket.gethostname()
_reserved: set[str] = set()


def process_name() -> str:
    """Return a name that is unique among the processes that count into the same folder."""
    return f"{_HOST}-{os.getpid()}"


if FOLDER in os.environ:
    values.ValueClass = values.MultiProcessValue(process_name)  # type: ignore[no-untyped-call]


def reserve() -> None:
    """Create this process's files if they are missing; without a folder it counts in memory.

    Raises OSError if the disk is full, and then leaves no partial file.
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
