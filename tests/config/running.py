"""`manage.py serve` as an operator runs it, as a process with its own VAR_DIR."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
from django.conf import settings

from tests.processes import wait_until

SERVE = [sys.executable, "manage.py", "serve"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(var_dir: Path, **changed: str) -> dict[str, str]:
    """The whole environment of the service: no HOME, and none of the tests' settings."""
    return {"PATH": os.environ["PATH"], "VAR_DIR": str(var_dir), "PORT": "8000", **changed}


def refused(var_dir: Path, **changed: str) -> tuple[int, str]:
    """Return the exit code and all output of a start that must fail."""
    done = subprocess.run(
        SERVE,
        cwd=settings.BASE_DIR,
        env=environment(var_dir, **changed),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=30,
    )
    return done.returncode, done.stdout


def processes_of(var_dir: Path) -> list[psutil.Process]:
    """Return every process that was started for this VAR_DIR, whatever its parent."""
    return [each for each in psutil.process_iter() if _belongs(each, str(var_dir))]


def _belongs(process: psutil.Process, var_dir: str) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        # The broker's process title overwrites its environment.
        is_ours = process.environ().get("VAR_DIR") == var_dir
    except psutil.Error:
        return False
    return is_ours or f"{var_dir}/" in _command(process)


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def end(started: "subprocess.Popen[Any]", var_dir: Path) -> None:
    """Kill everything left of a start, whatever the result of the test."""
    for each in [started, *processes_of(var_dir)]:
        try:
            each.kill()
            each.wait(10)
        except psutil.NoSuchProcess:
            continue


class Service:
    """Start the service, and return once it has printed its last line."""

    def __init__(self, var_dir: Path, **changed: str) -> None:
        self.var_dir = var_dir
        self.port = free_port()
        self.log = var_dir / "output"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                SERVE,
                cwd=settings.BASE_DIR,
                env=environment(var_dir, **{"PORT": str(self.port), **changed}),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_until(lambda: "\n  Moderator  " in self.output(), seconds=60, what="the start")
        except BaseException:
            print(self.output())
            self.kill()
            raise

    def output(self) -> str:
        return self.log.read_text()

    def ask(
        self, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Return the status and the answer; status 0 if there is none."""
        link = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            sent = None if body is None else json.dumps(body)
            method = "GET" if body is None else "POST"
            link.request(method, path, sent, {**JSON, **(headers or {})})
            answer = link.getresponse()
            return answer.status, _parsed(answer.read())
        except OSError:
            return 0, None
        finally:
            link.close()

    def child(self, word: str) -> psutil.Process | None:
        """Return the supervised process with this word in its command."""
        children = psutil.Process(self.process.pid).children()
        return next((each for each in children if word in _command(each)), None)

    def kill(self) -> None:
        end(self.process, self.var_dir)


JSON = {"Content-Type": "application/json"}


def _parsed(answer: bytes) -> Any:
    try:
        return json.loads(answer)
    except ValueError:
        return answer.decode(errors="replace")


@contextmanager
def running(var_dir: Path, **changed: str) -> Iterator[Service]:
    service = Service(var_dir, **changed)
    try:
        yield service
    finally:
        service.kill()
