"""Start the two sides as processes on the same core, and give them orders in turn."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("child.py")
TIMEOUT = 60.0
OURS = ("ours", "both")
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}


class SideError(Exception):
    """A side could not start, failed or took too long; the message is its last line of output."""


def core() -> int:
    """Return the number of the core on which both sides run in turn."""
    return max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0


@dataclass
class Side:
    """A running side; `started` has its times for importing and loading."""

    name: str
    process: subprocess.Popen[str]
    complaints: IO[str]
    started: dict[str, float]

    def _write(self, order: dict[str, Any]) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def _last_output(self) -> str:
        self.complaints.seek(0)
        lines = self.complaints.read().strip().splitlines()
        return lines[-1] if lines else "it was interrupted or took too long"

    def read(self) -> dict[str, Any]:
        """Return the next answer; SideError if there is none in time."""
        assert self.process.stdout
        clock = threading.Timer(TIMEOUT, self.process.kill)
        clock.start()
        try:
            line = self.process.stdout.readline()
        finally:
            clock.cancel()
        if not line:
            raise SideError(self._last_output())
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, do: str, **details: Any) -> dict[str, Any]:
        """Give one order and return the answer."""
        try:
            self._write({"do": do, **details})
        except OSError:
            raise SideError(self._last_output()) from None
        return self.read()


def _environment(name: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    return kept | ONE_THREAD | ({"PYTHONPATH": str(ROOT)} if name in OURS else {})


@contextmanager
def running(name: str, python: Path | str = sys.executable) -> Iterator[Side]:
    """Run a side within the block; SideError if it cannot be loaded."""
    with tempfile.TemporaryFile("w+") as complaints:
        process = subprocess.Popen(
            [str(python), "-P", str(CHILD), name, str(core())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env=_environment(name),
        )
        try:
            side = Side(name, process, complaints, {})
            side.started = side.read()
            yield side
        finally:
            process.kill()
            process.communicate()
