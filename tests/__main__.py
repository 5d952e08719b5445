"""`make test`: what `make lint` says, and every test on SQLite and on PostgreSQL, all at once.

The run on SQLite is shown as it goes, and measures the coverage; what the others said is shown when
they have ended. Exits with 1 where any of them failed.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

PYTEST = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
# What has no database, or starts the service with one of its own, is seen once.
ELSEWHERE = (
    *("tests/browser", "tests/benchmarks", "tests/chaos/test_chaos.py"),
    *("tests/config/operations/test_backup.py", "tests/config/operations/test_serve.py"),
)
ON_SQLITE = [*PYTEST, "--cov", "--cov-report="]
ON_POSTGRES = [
    *("env", "TEST_DATABASE=postgres", *PYTEST, "-m", "django_db"),
    *("--ignore-glob=tests/config/test_*", *(f"--ignore={path}" for path in ELSEWHERE)),
]
LINT = [os.environ.get("MAKE", "make"), "--no-print-directory", "lint"]


def main() -> int:
    begun = time.monotonic()
    with ExitStack() as stack:
        others = [stack.enter_context(background(command)) for command in (LINT, ON_POSTGRES)]
        codes = [subprocess.run(ON_SQLITE).returncode, *(other.wait() for other in others)]
    took = f"{time.monotonic() - begun:.0f} s"
    wrong = [
        name for name, code in zip(("SQLite", "lint", "PostgreSQL"), codes, strict=True) if code
    ]
    print(f"Failed after {took}: {', '.join(wrong)}." if wrong else f"All passed in {took}.")
    return int(bool(wrong))


@contextmanager
def background(command: list[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A process whose output is printed when it has ended; ended itself where we are stopped."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()
            said.seek(0)
            print(said.read().decode(errors="replace"), end="", flush=True)


if __name__ == "__main__":
    sys.exit(main())
