"""Install alt-profanity-check into an environment of its own, once for each set of pins."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tests.benchmarks.sides import ROOT, SideError

NAME = "alt-profanity-check"
PINS = Path(__file__).with_name("rival.txt")
FOLDER = ROOT / ".cache" / f"bench-{NAME}"
SECONDS = 300


def _run(*command: str) -> str:
    """Run a command; return "" or, if it failed, what it gave as the reason."""
    environment = os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return f"no end after {SECONDS} s"
    lines = (done.stderr.strip() or "no reason given").splitlines()
    reason = next((line for line in lines if line.startswith("ERROR")), lines[-1])
    return reason if done.returncode else ""


def _install(python: Path) -> None:
    wanted = ("--require-hashes", "-r", str(PINS))
    uv = (sys.executable, "-m", "uv", "--quiet", "pip", "install", "--python", str(python))
    if _run(*uv, "--compile-bytecode", *wanted):
        pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        if failure := _run(*pip, *wanted):
            raise SideError(f"{NAME} could not be installed: {failure}")


def installed() -> Path:
    """Return the Python that has alt-profanity-check, installing it where that is still to do.

    Raises SideError, with a sentence, if it cannot be installed.
    """
    python, stamp = FOLDER / "bin" / "python", FOLDER / "pins"
    digest = hashlib.sha256(PINS.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest and python.exists():
        return python
    print(f"Installing {NAME} into .cache (once).", file=sys.stderr)
    shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        venv.create(FOLDER, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SideError(f"no environment for {NAME} could be made: {error}") from None
    _install(python)
    stamp.write_text(digest)
    return python
