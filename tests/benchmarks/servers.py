"""The servers that take the load, each on a loopback port and in its own folder."""

import os
import random
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil

from tests.benchmarks.programs import ISSO, OURS
from tests.benchmarks.sides import ROOT, SideError

TIMEOUT = 90.0
ORIGIN = "http://localhost:8099"
# The limits for readers would stop a load from one address; everything else has its default.
UNLIMITED = {"THROTTLES": "no", "LOG_LEVEL": "WARNING"}
_ISSO_SETTINGS = """[general]
dbpath = {folder}/comments.db
host = {origin}/
notify =
[moderation]
enabled = false
[guard]
enabled = false
"""


def free_port() -> int:
    """Return a free port below the ephemeral range, of which a load takes thousands."""
    for port in random.sample(range(18_000, 19_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    raise SideError("no port from 18000 to 18999 is free")


def wait(true: Callable[[], object], what: str, seconds: float = TIMEOUT) -> None:
    """Wait until `true()` holds; SideError if it does not within this many seconds."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise SideError(f"{what} did not happen within {seconds:.0f} s")
        time.sleep(0.05)


def headers_of(port: int, path: str) -> Message | None:
    """Return the headers of an answer that is not a server error, or None if there is none."""
    link = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        link.request("GET", path)
        answer = link.getresponse()
        return answer.headers if answer.status < 500 else None
    except OSError:
        return None
    finally:
        link.close()


@dataclass(frozen=True)
class Server:
    """A running server: its process, its port, its folder."""

    process: "subprocess.Popen[bytes]"
    port: int
    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "db.sqlite3"

    def count(self, where: str) -> int:
        """Return how many of the service's comments fulfil a condition in SQL."""
        return int(self.select(f"SELECT count(*) FROM comments_comment WHERE {where}")[0][0])

    def select(self, query: str) -> list[tuple[Any, ...]]:
        """Query the service's SQLite database while the service runs."""
        address = f"file:{self.database}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=20)) as link:
            return link.execute(query).fetchall()

    def drain(self) -> float:
        """Wait until every comment is decided; return how many seconds that took."""
        begun = time.monotonic()
        wait(lambda: not self.count("status = 'pending'"), "the last decision")
        return time.monotonic() - begun

    def processes(self) -> list[psutil.Process]:
        """The server's process and all its children."""
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]


@contextmanager
def _running(
    command: list[str], port: int, folder: Path, ready: str, **environment: str
) -> Iterator[Server]:
    with (folder / "output").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=log,
            stderr=log,
            env={"PATH": os.environ["PATH"], **environment},
        )
    server = Server(process, port, folder)
    try:
        wait(lambda: process.poll() is not None or headers_of(port, ready), "the start")
        if process.poll() is not None:
            raise SideError((folder / "output").read_text(errors="replace").strip()[-300:])
        yield server
    finally:
        left = server.processes() if process.poll() is None else []
        process.terminate()
        _, alive = psutil.wait_procs(left, timeout=10)
        for one in alive:
            one.kill()
        process.wait()


@contextmanager
def isso(port: int) -> Iterator[Server]:
    """Isso under gunicorn with two workers, with its guard and its moderation off."""
    python = ISSO.installed()
    with tempfile.TemporaryDirectory(prefix="isso-") as name:
        settings = Path(name) / "isso.cfg"
        settings.write_text(_ISSO_SETTINGS.format(folder=name, origin=ORIGIN))
        command = [str(python.with_name("gunicorn")), "isso.run", "--workers", "2"]
        command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
        with _running(command, port, Path(name), "/latest", ISSO_SETTINGS=str(settings)) as server:
            yield server


@contextmanager
def service(port: int, folder: Path, **environment: str) -> Iterator[Server]:
    """Ours as `make run` starts it, including the demo articles."""
    settings = {**UNLIMITED, "VAR_DIR": str(folder), "PORT": str(port), **environment}
    serve = [str(OURS.installed()), "manage.py", "serve"]
    with _running(serve, port, folder, "/readyz", **settings) as server:
        wait(lambda: b"\n  Moderator  " in (folder / "output").read_bytes(), "the announcement")
        yield server


@contextmanager
def fresh_service(port: int, **environment: str) -> Iterator[Server]:
    """Ours with the demo only."""
    with (
        tempfile.TemporaryDirectory(prefix="ours-", ignore_cleanup_errors=True) as name,
        service(port, Path(name), **environment) as server,
    ):
        yield server
