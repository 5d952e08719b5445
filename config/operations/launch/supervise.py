"""Keep the parts of the service running until asked to stop, then stop all of them.

`supervise.py PARTS`, where PARTS is a JSON list of the fields of `Part`. It is a script, not a part
of the package, and imports nothing but the standard library, so it takes little memory. Each part
writes straight into our own output: a terminal, a file, a pipe or systemd's socket.
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
LOOK_EVERY = 0.1
# A part that lived shorter than this is started again after a pause, which doubles each time.
STEADY = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 5.0
Process = subprocess.Popen[bytes]


@dataclass
class Part:
    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    # Ends by itself, and is not started again.
    once: bool = False
    # Starts before the others and stops after them.
    basis: bool = False
    # Seconds that it has to stop in.
    patience: float = 3.0


class Supervised:
    """One part, and its process while it runs."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.process: Process | None = None
        self._started = self._due = self._pause = 0.0

    def look(self) -> None:
        """Starts the part where it should run and does not."""
        if self.process is not None and self.process.poll() is not None:
            self._clear_up(self.process)
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
                # The terminal's Ctrl-C is for us, and `kill` for all that the part starts.
                start_new_session=True,
            )
        except OSError as error:
            self._start_later(f"cannot be started ({error.strerror})")

    def _clear_up(self, process: Process) -> None:
        self.kill()
        self.process = None
        if self.part.once:
            self._due = float("inf")
        else:
            self._start_later(f"has ended ({_how(process.returncode)})")

    def _start_later(self, why: str) -> None:
        if time.monotonic() - self._started > STEADY:
            self._pause = 0.0
        self._due = time.monotonic() + self._pause
        self._pause = min(LONGEST_PAUSE, 2 * self._pause or FIRST_PAUSE)
        log(f"{self.part.name} {why} and is started again")

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def kill(self) -> None:
        """Ends the part's process and all that this has started."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def supervise(parts: list[Part], asked_to_stop: Callable[[], bool]) -> None:
    """Returns when it was asked to stop and every part has ended."""
    kept = [Supervised(part) for part in sorted(parts, key=lambda part: not part.basis)]
    try:
        while not asked_to_stop():
            for each in kept:
                each.look()
            time.sleep(LOOK_EVERY)
    finally:
        _stop([each for each in kept if not each.part.basis])
        _stop([each for each in kept if each.part.basis])


def _stop(parts: list[Supervised]) -> None:
    end = time.monotonic() + max((each.part.patience for each in parts), default=0)
    for each in parts:
        if each.process is not None:
            each.process.terminate()
    while time.monotonic() < end and not all(each.ended() for each in parts):
        time.sleep(LOOK_EVERY / 2)
    for each in parts:
        each.kill()


def _how(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit status {code}"


def log(words: str) -> None:
    """A line like those of config.logs; where the disk is full it is lost, and nothing else is."""
    now = dt.datetime.now().astimezone()
    if os.environ.get("LOG_FORMAT", "").lower() == "json":
        about = {"level": "warning", "logger": "supervisor", "event": words}
        line = json.dumps({"time": now.isoformat(timespec="milliseconds"), **about})
    else:
        line = f"{now:%Y-%m-%d %H:%M:%S},{now.microsecond // 1000:03} WARNING supervisor: {words}"
    with suppress(OSError):
        os.write(sys.stdout.fileno(), f"{line}\n".encode())


def as_argument(parts: list[Part]) -> str:
    return json.dumps([asdict(part) for part in parts])


def main() -> None:
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # `nohup` means to outlive the terminal.
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, lambda number, _: asked.append(number))
    supervise([Part(**each) for each in json.loads(sys.argv[1])], lambda: bool(asked))


if __name__ == "__main__":
    main()
