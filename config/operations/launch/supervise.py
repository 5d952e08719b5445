"""Keep the parts of the service running until asked to stop, then stop all of them.

`supervise.py PARTS`, where PARTS is a JSON list of the fields of `Part`. Run as a script that
imports only the standard library, so it takes little memory. The parts inherit its output: a
terminal, a file, a pipe or systemd's socket.
"""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

CHILD = Path(__file__).with_name("child.py")
POLL_INTERVAL = 0.1
# A part that ran for less than this is restarted after a pause, which doubles each time.
STABLE_AFTER = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 5.0
Process = subprocess.Popen[bytes]


@dataclass
class Part:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    # Ends by itself and is not restarted.
    once: bool = False
    # Starts before the others and stops after them.
    foundation: bool = False
    # Seconds that it has to stop before it is killed.
    stop_timeout: float = 3.0


class Supervised:
    """One part, and its process while it runs."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.process: Process | None = None
        self._started = self._due = self._pause = 0.0

    def ensure_running(self) -> None:
        """Start the part if it should run and does not."""
        if self.process is not None and self.process.poll() is not None:
            self._handle_exit(self.process)
        if self.process is None and time.monotonic() >= self._due:
            self._start()

    def _start(self) -> None:
        self._started = time.monotonic()
        try:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", str(CHILD), *self.part.command],
                env={**os.environ, **self.part.environment},
                stdin=subprocess.DEVNULL,
                stderr=subprocess.STDOUT,
                # Ctrl-C in the terminal reaches the supervisor only; `kill` ends the whole group.
                start_new_session=True,
            )
        except OSError as error:
            self._schedule_start(f"cannot be started ({error.strerror})")

    def _handle_exit(self, process: Process) -> None:
        self.kill()
        self.process = None
        if self.part.once:
            self._due = float("inf")
        else:
            self._schedule_start(f"ended ({_exit_reason(process.returncode)})")

    def _schedule_start(self, reason: str) -> None:
        if time.monotonic() - self._started > STABLE_AFTER:
            self._pause = 0.0
        self._due = time.monotonic() + self._pause
        self._pause = min(LONGEST_PAUSE, 2 * self._pause or FIRST_PAUSE)
        log(f"{self.part.name} {reason} and is being restarted")

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        """Kill the part's process and all of its children."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def supervise(parts: list[Part], stop_requested: Callable[[], bool]) -> None:
    """Run the parts; return when a stop was requested and every part has ended."""
    supervised = [Supervised(part) for part in sorted(parts, key=lambda part: not part.foundation)]
    try:
        while not stop_requested():
            for each in supervised:
                each.ensure_running()
            time.sleep(POLL_INTERVAL)
    finally:
        _stop([each for each in supervised if not each.part.foundation])
        _stop([each for each in supervised if each.part.foundation])


def _stop(parts: list[Supervised]) -> None:
    end = time.monotonic() + max((each.part.stop_timeout for each in parts), default=0)
    for each in parts:
        if each.process is not None:
            each.process.terminate()
    while time.monotonic() < end and not all(each.ended() for each in parts):
        time.sleep(POLL_INTERVAL / 2)
    for each in parts:
        each.kill()


def _exit_reason(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit status {code}"


def log(event: str) -> None:
    """Write a line in the format of config.logs. If the disk is full, only this line is lost."""
    now = dt.datetime.now().astimezone()
    if os.environ.get("LOG_FORMAT", "").lower() == "json":
        entry = {"level": "warning", "logger": "supervisor", "event": event}
        line = json.dumps({"time": now.isoformat(timespec="milliseconds"), **entry})
    else:
        line = f"{now:%Y-%m-%d %H:%M:%S},{now.microsecond // 1000:03} WARNING supervisor: {event}"
    with suppress(OSError):
        os.write(sys.stdout.fileno(), f"{line}\n".encode())


def as_argument(parts: list[Part]) -> str:
    return json.dumps([asdict(part) for part in parts])


def main() -> None:
    received: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Under `nohup` SIGHUP is ignored, so that the service outlives the terminal.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda number, _: received.append(number))
    supervise([Part(**each) for each in json.loads(sys.argv[1])], lambda: bool(received))


if __name__ == "__main__":
    main()
