"""gunicorn on a Unix socket behind a proxy: each reader keeps their own address."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from comments.models import Contact
from tests.comments.reception.rest import GOOD
from tests.makers import make_article
from tests.processes import Broker, database_url, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


class UnixConnection(HTTPConnection):
    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(10)
        self.sock.connect(self.host)


def answers(web: Path) -> bool:
    """The socket exists a moment before anyone listens on it."""
    try:
        UnixConnection(str(web)).connect()
    except OSError:
        return False
    return True


@pytest.fixture
def web(tmp_path: Path, broker: Broker) -> Iterator[Path]:
    path = tmp_path / "web.sock"
    command = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn", "config.wsgi"]
    process = subprocess.Popen(
        [*command, "--bind", f"unix:{path}"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database_url(str(connection.settings_dict["NAME"])),
            "THROTTLES": "yes",
            "THROTTLE_ADDRESS": "1/minute",
        },
    )
    try:
        wait_until(lambda: answers(path), seconds=20, what="gunicorn's start")
        yield path
    finally:
        process.terminate()
        process.wait(10)


def status(web: Path, author: str, **headers: str) -> int:
    link = UnixConnection(str(web))
    headers |= {"Content-Type": "application/json", "Host": "localhost"}
    body = json.dumps({**GOOD, "author_email": f"{author}@example.org"})
    link.request("POST", "/api/v1/articles/mist/comments/", body, headers)
    return link.getresponse().status


def test_each_reader_is_throttled_by_their_own_address(web: Path) -> None:
    make_article(key="mist")
    olena, petro = ({"X-Forwarded-For": f"1.1.1.1, 203.0.113.{n}"} for n in (7, 8))
    assert status(web, "olena", **olena) == 202
    assert status(web, "again", **olena) == 429
    assert status(web, "petro", **petro) == 202
    assert {contact.address for contact in Contact.objects.all()} == {"203.0.113.7", "203.0.113.8"}
    assert [status(web, "nobody"), status(web, "anybody")] == [202, 429]
