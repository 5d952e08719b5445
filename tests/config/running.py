"""`manage.py serve` as an operator runs it, in a process of its own with a VAR_DIR of its own."""

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
    """All that the service gets: no HOME, and no setting of the tests' own."""
    return {"PATH": os.environ["PATH"], "VAR_DIR": str(var_dir), "PORT": "8000", **changed}


def refused(var_dir: Path, **changed: str) -> tuple[int, str]:
    """The exit code and all the words of a start that must fail."""
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
    """Every process that was started for this VAR_DIR, whoever its parent is now."""
    return [each for each in psutil.process_iter() if _belongs(each, str(var_dir))]


def _belongs(process: psutil.Process, var_dir: str) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        # The broker writes its title over its environment.
        told = process.environ().get("VAR_DIR") == var_dir
    except psutil.Error:
        return False
    return told or f"{var_dir}/" in _command(process)


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def end(started: "subprocess.Popen[Any]", var_dir: Path) -> None:
    """Ends whatever is left of a start, however the test went."""
    for each in [started, *processes_of(var_dir)]:
        try:
            each.kill()
            each.wait(10)
        except psutil.NoSuchProcess:
            continue


class Service:
    """One start of the service, up to its last line."""

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
        """The status and the answer; status 0 where nobody answers."""
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
        """The supervised process with this word in its command."""
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
