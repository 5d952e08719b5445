"""`manage.py doctor` finds each failing part, and follows a comment through the public address."""

import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import override
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment, Status
from config.mail import MailServer
from config.operations.doctor import examine, parts, public
from config.operations.doctor.diagnosis import Check
from moderation import pipeline
from moderation.models import Heartbeat
from tests.config.running import free_port
from tests.makers import make_article, set_policy
from tests.processes import Broker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _production_like(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PING_TIMEOUT", 0.3)
    settings.SECRET_KEY = "of the tests only, and as long as that of a real site is"


def doctor(*arguments: str) -> tuple[int, dict[str, str]]:
    """The exit code, and the message of each failed check by part."""
    said, code = StringIO(), 0
    try:
        call_command("doctor", "--language", "en", *arguments, stdout=said)
    except SystemExit as end:
        code = int(str(end.code))
    lines = [re.fullmatch(r"(ok|FAIL) +([^:]+): (.+)", line) for line in said.getvalue().split("\n")
             if line]  # fmt: skip
    assert all(lines)
    return code, {line[2]: line[3] for line in lines if line and line[1] == "FAIL"}


def failure(check: Check) -> str:
    """The message of one check; empty if it passes."""
    with override("en"):
        diagnosis = examine("part", check)
    return "" if diagnosis.healthy else diagnosis.message


def public_failure(url: str) -> str:
    return failure(lambda: public.check_public_address(url))


def test_a_healthy_installation_has_no_failures(running_worker: None) -> None:
    wait_until(Heartbeat.objects.exists, seconds=20, what="the worker's start")
    assert doctor() == (0, {})


def test_without_broker_and_worker_each_check_says_what_to_start(broker: Broker) -> None:
    with broker.closed():
        code, failures = doctor()
    assert code == 1
    assert set(failures) == {"broker", "worker", "sweep"}
    assert "REDIS_URL" in failures["broker"]
    assert "celery -A config worker" in failures["sweep"]


def test_a_broker_without_a_worker_is_reported(broker: Broker) -> None:
    assert "celery -A config worker" in failure(parts.worker)


def test_the_default_language_is_ukrainian(broker: Broker) -> None:
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", stdout=said)
    assert "ВИПРАВТЕ" in said.getvalue()
    assert re.search(r"^гаразд +база даних: ", said.getvalue(), re.MULTILINE)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEBUG", True, "set DEBUG=no"),
        ("ALLOWED_HOSTS", ["*"], "ALLOWED_HOSTS"),
        ("SECRET_KEY", "secret", "SECRET_KEY"),
    ],
)
def test_insecure_settings_are_reported(
    settings: Any, broker: Broker, name: str, value: Any, expected: str
) -> None:
    setattr(settings, name, value)
    assert expected in failure(parts.site)


def test_a_misspelt_setting_is_reported(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOST", "comments.example.org")
    assert "did you mean ALLOWED_HOSTS?" in failure(parts.site)


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_sqlite_options_that_make_writers_fail_are_reported(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
        assert "wait for locks" in failure(parts.database)
    assert failure(parts.database) == ""


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_an_old_postgresql_is_reported(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MIN_POSTGRES", 99)
    assert "99 or newer" in failure(parts.database)


def test_an_unavailable_database_is_reported_once_with_the_error(
    broker: Broker, database_unavailable: None
) -> None:
    code, failures = doctor()
    assert code == 1
    assert "start it, or correct DATABASE_URL" in failures.pop("database")
    without = {part: words for part, words in failures.items() if part not in {"worker", "disk"}}
    expected = {"migrations", "roles", "sweep", "model", "clock", "waiting comments"}
    assert set(without) == expected
    assert all("correct that first" in words for words in without.values())


def test_an_unmigrated_database_is_reported(broker: Broker) -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("moderation", "0001_initial")
    try:
        assert "manage.py migrate" in failure(parts.migrations)
    finally:
        recorder.record_applied("moderation", "0001_initial")


def test_a_missing_model_is_reported(broker: Broker, settings: Any, tmp_path: Path) -> None:
    settings.MODEL_DIR = str(tmp_path)
    assert "MODEL_DIR" in failure(parts.model)


def test_a_wrong_clock_is_reported(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.time
    monkeypatch.setattr("config.operations.doctor.parts.time.time", lambda: real() + 60)
    assert "NTP" in failure(parts.clock)


def test_a_full_disk_is_reported(broker: Broker, settings: Any) -> None:
    settings.DISK_FREE_MB = 10**9
    assert "DISK_FREE_MB" in failure(parts.disk)


class Greeting(socketserver.StreamRequestHandler):
    """As much of a mail server as a client needs that only says hello."""

    def handle(self) -> None:
        self.wfile.write(b"220 mail\r\n")
        for line in self.rfile:
            self.wfile.write(b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 ok\r\n")


def test_a_configured_mail_server_is_contacted(broker: Broker, settings: Any) -> None:
    assert failure(parts.mail) == ""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_URL = MailServer(settings.EMAIL_HOST, settings.EMAIL_PORT)
    assert "127.0.0.1" in failure(parts.mail)
    with serving(socketserver.TCPServer(("127.0.0.1", settings.EMAIL_PORT), Greeting)):
        assert failure(parts.mail) == ""


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def probe() -> Comment:
    return Comment.objects.get(author_name=public.AUTHOR)


def test_a_probe_comment_passes_through_the_public_address_unseen(
    live_server: LiveServer, running_worker: None
) -> None:
    wait_until(Heartbeat.objects.exists, seconds=20, what="the worker's start")
    # Not even a site that allows any score publishes it.
    thresholds = ("spam_hold_at", "spam_reject_at", "toxicity_hold_at", "toxicity_reject_at")
    set_policy(max_links=3, trusted_after=1, **dict.fromkeys(thresholds, 1.0))
    article = make_article()
    assert doctor("--url", live_server.url) == (0, {})
    comment = probe()
    first = comment.decisions.last()
    assert first is not None
    assert (first.from_status, first.language) == (Status.PENDING, "uk")
    assert (first.outcome, first.reason) == ("hold", "links")
    assert comment.status == Status.REJECTED
    article.refresh_from_db()
    assert (article.published_count, article.thread_revision) == (0, 0)
    assert "їжак" not in httpx.get(live_server.url + article.get_absolute_url()).text.lower()


def test_an_undecided_probe_is_withdrawn_anyway(
    live_server: LiveServer, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "DECISION_TIMEOUT", 0.5)
    make_article()
    assert "no decision within" in public_failure(live_server.url)
    assert (probe().status, probe().reason) == (Status.REJECTED, "probe")
    assert pipeline.sweep().decided == []


def test_no_probe_is_sent_if_any_number_of_links_is_published(
    live_server: LiveServer, broker: Broker
) -> None:
    set_policy(max_links=500)
    make_article()
    assert "lower the number of links" in public_failure(live_server.url)
    assert not Comment.objects.exists()


def test_an_unreachable_address_is_reported(broker: Broker) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    assert f"{url} cannot be reached" in public_failure(url)


def test_a_host_name_that_the_service_refuses_is_reported(
    live_server: LiveServer, broker: Broker, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["comments.example.org"]
    assert "add it to ALLOWED_HOSTS" in public_failure(live_server.url)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [({}, "pass on Host"), ({"X-Forwarded-Proto": "https"}, "FORWARDED_ALLOW_IPS")],
)
def test_a_proxy_that_hides_host_or_scheme_is_reported(
    live_server: LiveServer, broker: Broker, settings: Any, headers: dict[str, str], expected: str
) -> None:
    """As nginx does by default: the service sees the proxy's own host name."""
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    make_article()
    upstream = live_server.url.removeprefix("http://")

    class Proxy(BaseHTTPRequestHandler):
        def forward(self) -> None:
            link = HTTPConnection(upstream, timeout=10)
            length = int(self.headers.get("Content-Length") or 0)
            kept = {"Content-Type": "application/json", **headers}
            link.request(self.command, self.path, self.rfile.read(length), kept)
            answer = link.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            link.close()

        do_GET = do_POST = forward  # noqa: N815

        def log_message(self, *_: Any) -> None:
            """No log lines."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    with serving(server):
        url = f"http://127.0.0.1:{server.server_port}"
        assert expected in public_failure(url)
    assert probe().status == Status.REJECTED
