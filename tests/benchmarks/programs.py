"""The programs that are measured, each installed once in its own environment."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.sides import ROOT, SideError

SECONDS = 300


@dataclass(frozen=True)
class Program:
    """A program, and the file of hashed pins from which it or its dependencies are installed."""

    name: str
    pins: Path

    @property
    def folder(self) -> Path:
        return ROOT / ".cache" / f"bench-{self.name}"

    def installed(self) -> Path:
        """Return the program's Python, installing it if needed.

        Raises SideError with a sentence if it cannot be installed.
        """
        python, stamp = self.folder / "bin" / "python", self.folder / "pins"
        digest = hashlib.sha256(self.pins.read_bytes() + sys.version.encode()).hexdigest()
        if stamp.exists() and stamp.read_text() == digest and python.exists():
            return python
        print(f"Installing {self.name} into .cache (once).", file=sys.stderr)
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            venv.create(self.folder, with_pip=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise SideError(f"no environment for {self.name} could be created: {error}") from None
        self._install(python)
        stamp.write_text(digest)
        return python

    def _install(self, python: Path) -> None:
        wanted = ("--require-hashes", "-r", str(self.pins))
        uv = (sys.executable, "-m", "uv", "--quiet", "pip", "install", "--python", str(python))
        if _run(*uv, "--compile-bytecode", *wanted):
            pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            if failure := _run(*pip, *wanted):
                raise SideError(f"{self.name} could not be installed: {failure}")


HERE = Path(__file__).parent
ALT_PROFANITY_CHECK = Program("alt-profanity-check", HERE / "alt-profanity-check.txt")
ISSO = Program("Isso", HERE / "isso.txt")
# Without the packages of our tests, which would count as memory.
OURS = Program("the-service", ROOT / "requirements.txt")


def _run(*command: str) -> str:
    """Run a command; return "", or the reason if it failed."""
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
