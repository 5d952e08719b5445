"""The effect of config/gunicorn.py on a running gunicorn."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from tests.benchmarks.servers import free_port

REQUESTS = 600


@contextmanager
def gunicorn() -> Iterator[int]:
    """The port of a gunicorn with two processes."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
    command += ["--preload", "--workers", "2", "--no-control-socket"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    server = subprocess.Popen([*command, "--bind", f"127.0.0.1:{port}"], env=environment)
    try:
        yield port
    finally:
        server.terminate()
        server.wait(15)


def connected(port: int, within: float = 20) -> HTTPConnection:
    until = time.monotonic() + within
    while True:
        link = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            link.connect()
        except OSError:
            assert time.monotonic() < until, "gunicorn did not start"
            time.sleep(0.1)
        else:
            return link


def test_a_kept_connection_is_closed_now_and_then_with_an_announcement() -> None:
    """One that is never closed would stay with one process, even a busy one."""
    with gunicorn() as port:
        link, ends = connected(port), 0
        for _ in range(REQUESTS):
            link.request("GET", "/healthz")
            answer = link.getresponse()
            assert answer.status == 200
            assert answer.read()
            # http.client reconnects after an answer that says so, and only then.
            ends += answer.headers.get("Connection", "").lower() == "close"
        link.close()
    # Twelve of six hundred on average; none, or over forty, once in a hundred thousand runs.
    assert 0 < ends < 40
