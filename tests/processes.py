"""Real processes for the tests: a broker to stop, hang and restart, and a worker."""

import base64
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import redis

from config.operations.launch.parts import valkey_server


def wait_until(true: Callable[[], object], *, seconds: float = 10, what: str = "it") -> None:
    """Return as soon as `true()` holds; fail the test after this many seconds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"{what} did not happen within {seconds} s"
        time.sleep(0.02)


class Broker:
    """A Valkey on a Unix socket."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", ""]
        self.process = subprocess.Popen(
            [str(valkey_server()), *options, "--dir", str(self.socket.parent)],
            stdout=subprocess.DEVNULL,
        )
        wait_until(self._answers, what="the broker's start")

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    @contextmanager
    def closed(self) -> Iterator[None]:
        self.stop()
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def hung(self) -> Iterator[None]:
        """Suspended, it still accepts connections and never answers."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """It answers but stores nothing, as when its disk is full."""
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            client.config_set("min-replicas-to-write", 1)
            try:
                yield
            finally:
                client.config_set("min-replicas-to-write", 0)

    def wipe(self) -> None:
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            client.flushall()

    def waiting(self) -> int:
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            return int(client.llen("celery"))  # type: ignore[arg-type]

    def next_message(self) -> str:
        """The next message that a worker would get, as stored in the broker."""
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            return client.lindex("celery", -1).decode()  # type: ignore[union-attr]

    def next_body(self) -> str:
        """Its arguments, decoded."""
        return base64.b64decode(json.loads(self.next_message())["body"]).decode()

    def repeat_next(self, *, times: int) -> None:
        """Deliver the next message this many more times."""
        with redis.Redis(unix_socket_path=str(self.socket)) as client:
            client.rpush("celery", *[self.next_message()] * times)

    def _answers(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.socket)) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False


def database_url(name: str) -> str:
    """The URL of the test database, for a separate process of the service."""
    if "DATABASE_URL" not in os.environ:
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@contextmanager
def worker(database: str, *arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker of the service on the given database and the tests' broker."""
    command = [sys.executable, "-m", "celery", "-A", "config", "-q", "worker"]
    command += ["-c", "1", "-l", "WARNING"]
    process = subprocess.Popen(
        [*command, *arguments],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database,
            **environment,
        },
        start_new_session=True,
    )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
