"""The web server alone, as gunicorn runs it, on the database of the test."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from tests.config.running import free_port
from tests.processes import database_url, wait_until


@dataclass
class Web:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def connection(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    @staticmethod
    def body(sent: Any) -> bytes:
        return json.dumps(sent).encode()

    def ask(self, method: str, path: str, sent: Any = None, **headers: str) -> int:
        link = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Content-Type": "application/json", "Host": "localhost", **headers}
            link.request(method, path, self.body(sent) if sent else None, headers)
            return link.getresponse().status
        finally:
            link.close()

    def listens(self) -> bool:
        try:
            self.connection().close()
        except OSError:
            return False
        return True


@contextmanager
def web_server(folder: Path, **changed: str) -> Iterator[Web]:
    """gunicorn as docs/operating.md starts it, with these settings added to the tests' own."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
    command += ["--workers", "2", "--threads", "2", "--no-control-socket"]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": database_url(str(connection.settings_dict["NAME"])),
        **changed,
    }
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        gather = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(gather, cwd=settings.BASE_DIR, env=environment, check=True, timeout=60)
    log = folder / "web.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    web = Web(process, port, log)
    try:
        wait_until(web.listens, seconds=20, what="gunicorn's start")
        yield web
    finally:
        process.terminate()
        process.wait(40)
