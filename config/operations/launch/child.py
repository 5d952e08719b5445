"""Run a command that ends with its supervisor, on Linux even after SIGKILL.

Run as a script that imports nothing from the package, so that it starts in milliseconds.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Ask the kernel for a SIGKILL when the parent dies; do nothing on systems other than Linux.

    SIGTERM is not enough: a Celery worker whose broker ends at the same time waits for it forever.
    """
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit("The supervisor has ended.")


if __name__ == "__main__":
    end_with_parent()
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606
