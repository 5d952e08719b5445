"""Run a command that ends with its supervisor, on Linux even after SIGKILL.

A script, not a part of the package: it must start in milliseconds, so it imports nothing of it.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Asks the kernel for a SIGKILL at the parent's death; does nothing where it is not Linux.

    Not SIGTERM: a Celery worker told to end together with its broker waits for it for ever.
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
