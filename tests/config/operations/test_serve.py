"""`make run` starts everything, restarts what dies, stops completely and reports errors."""

import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.config.running import Service, processes_of, refused, running
from tests.processes import wait_until

PRIVATE = ("moderator.txt", "secret_key", "contact_key", "db.sqlite3")
COMMENT = {"author_name": "Оля", "author_email": "olia@example.com"}


@pytest.fixture(scope="module")
def var_dir() -> Iterator[Path]:
    """A short path, because of the broker's socket, with a space in it."""
    with tempfile.TemporaryDirectory(prefix="serve ", ignore_cleanup_errors=True) as folder:
        yield Path(folder).resolve()


@pytest.fixture(scope="module")
def service(var_dir: Path) -> Iterator[Service]:
    with running(var_dir) as started:
        yield started


def article_of(service: Service) -> str:
    """Return the REST URL of the article whose page was announced."""
    page = next(line for line in service.output().splitlines() if "Article page" in line)
    return f"/api/v1/articles/{page.rstrip('/').rpartition('/')[2]}/comments/"


def decided(service: Service, text: str) -> Callable[[], bool]:
    """Post a comment, and return a function that checks whether it was decided."""
    answer: tuple[int, Any] = (0, None)

    def accepted() -> bool:
        nonlocal answer
        answer = service.ask(article_of(service), {**COMMENT, "text": text})
        # A killed web server's leftovers may accept a connection and drop it.
        return answer[0] != 0

    wait_until(accepted, seconds=20, what="the web's answer")
    assert answer[0] == 202, answer
    path = "/api/v1/" + answer[1]["status_url"].partition("/api/v1/")[2]

    def settled() -> bool:
        status, answer = service.ask(path)
        return status == 200 and answer["status"] != "pending" and bool(answer["reason"])

    return settled


def stops_within_5_seconds(service: Service, number: signal.Signals) -> bool:
    """Return whether the supervisor and everything that it started have ended."""
    begun = time.monotonic()
    service.process.send_signal(number)
    service.process.wait(20)
    wait_until(lambda: processes_of(service.var_dir) == [], seconds=10, what="their end")
    return time.monotonic() - begun < 5


def password_in(var_dir: Path) -> str:
    return (var_dir / "moderator.txt").read_text().splitlines()[1]


def test_a_start_prints_addresses_that_answer(service: Service, var_dir: Path) -> None:
    last = service.output().rpartition("Ctrl-C stops it.")[2]
    pages = [word for word in last.split() if word.startswith("http://")]
    another_site = pages.pop(1)
    assert len(pages) == 3
    shown = httpx.get(another_site)
    # It has the discussion both as HTML and by script.
    assert f'<script src="http://127.0.0.1:{service.port}/static/comments/embed.js"' in shown.text
    assert 'part="discussion"' in shown.text
    for page in pages:
        assert service.ask(page.partition(str(service.port))[2])[0] in (200, 302)
    assert "Traceback" not in service.output()


def test_it_is_healthy_at_once_and_ready_soon(service: Service) -> None:
    assert service.ask("/healthz") == (200, "ok")
    wait_until(lambda: service.ask("/readyz")[0] == 200, seconds=20, what="readiness")


def test_a_comment_posted_by_rest_is_decided(service: Service) -> None:
    wait_until(decided(service, "Дякую, дуже цікава стаття."), seconds=20, what="a decision")


def test_stored_files_are_readable_by_their_owner_only(service: Service, var_dir: Path) -> None:
    for name in PRIVATE:
        assert (var_dir / name).stat().st_mode & 0o077 == 0, name
    assert (var_dir / "broker.sock").stat().st_mode & 0o077 == 0


def test_a_second_start_with_the_same_folder_is_refused(service: Service, var_dir: Path) -> None:
    code, words = refused(var_dir)
    assert code != 0
    assert words == f"The service is already running with VAR_DIR {var_dir}: stop it first.\n"


@pytest.mark.parametrize("word", ["gunicorn", "valkey-server", "worker"])
def test_a_child_that_dies_is_restarted(service: Service, word: str) -> None:
    before = service.child(word)
    assert before
    before.kill()
    wait_until(lambda: service.child(word) not in (None, before), seconds=10, what="a new one")


def test_comments_are_still_decided_afterwards(service: Service) -> None:
    wait_until(decided(service, "І ще раз дякую авторці."), seconds=30, what="a decision")


def test_sigterm_stops_everything_and_the_next_start_repeats_nothing(
    service: Service, var_dir: Path
) -> None:
    password, gathered = password_in(var_dir), (var_dir / "static.stamp").stat().st_mtime_ns
    assert stops_within_5_seconds(service, signal.SIGTERM)
    with running(var_dir) as second:
        assert (var_dir / "static.stamp").stat().st_mtime_ns == gathered
        assert password_in(var_dir) == password
        assert f"password in {var_dir}/moderator.txt" in second.output()
        assert stops_within_5_seconds(second, signal.SIGINT)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children of the death")
def test_killing_the_supervisor_kills_its_children(var_dir: Path) -> None:
    with running(var_dir) as service:
        assert stops_within_5_seconds(service, signal.SIGKILL)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "http", "PORT must be a number from 1 to 65535, not 'http'."),
        ("DEMO", "perhaps", "DEMO must be yes or no"),
        ("DATABASE_URL", "mysql://joe:s3cret@127.0.0.1/x", "DATABASE_URL must be a URL"),
        ("DATABASE_URL", "postgres://joe:s3cret@127.0.0.1:1/x", "x at 127.0.0.1:1 cannot be"),
        ("DATABASE_URL", "sqlite:////nowhere/x", "/nowhere/x cannot be reached"),
        ("REDIS_URL", "redis://:s3cret@127.0.0.1:1/0", "REDIS_URL: the broker at 127.0.0.1:1/0"),
        ("METRICS_DIR", "/proc/nowhere", "METRICS_DIR /proc/nowhere cannot be created"),
    ],
)
def test_a_wrong_setting_is_reported_in_one_sentence(
    tmp_path: Path, name: str, value: str, message: str
) -> None:
    code, words = refused(tmp_path, **{name: value})
    assert code != 0
    assert words.count("\n") == 1
    assert name in words
    assert message in words
    assert "s3cret" not in words


def test_a_port_in_use_is_reported_in_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        code, words = refused(tmp_path, PORT=port)
    assert code != 0
    assert words == f"PORT {port} is in use: choose another with PORT=NUMBER.\n"
    assert not os.path.exists(tmp_path / "db.sqlite3")
