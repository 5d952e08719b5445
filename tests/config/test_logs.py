"""The log has one id from web server to worker, and no personal data."""

import json
import logging
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import DisallowedHost
from django.db import OperationalError
from django.test import Client

from config.logs import Formatter, JsonFormatter, only_our_words, safe_path
from config.request_id import request_id
from tests.config.running import Service, running
from tests.processes import wait_until

EMAIL = "tamara.hnatiuk@example.org"
ADDRESS = "203.0.113.77"
TEXT = "Цвіркун на підвіконні співав до ранку"
PLANTED = (EMAIL, "tamara.hnatiuk", ADDRESS, TEXT, "Цвіркун")
COMMENTS = "/api/v1/articles/mist-cherez-tykhu/comments/"
FROM = {"X-Forwarded-For": ADDRESS, "X-Real-IP": ADDRESS, "Referer": f"https://x.example/{EMAIL}"}


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with (
        tempfile.TemporaryDirectory(prefix="logs-", ignore_cleanup_errors=True) as folder,
        running(Path(folder).resolve(), LOG_FORMAT="json", LOG_LEVEL="DEBUG") as started,
    ):
        yield started


def lines(service: Service) -> list[dict[str, Any]]:
    return [json.loads(line) for line in service.output().splitlines() if line.startswith("{")]


def events(service: Service, asked: str) -> set[tuple[str, str]]:
    return {(e["logger"], e["event"]) for e in lines(service) if e.get("request_id") == asked}


def test_one_id_is_logged_from_the_request_to_the_verdict(service: Service) -> None:
    body = {"author_name": "Тамара", "author_email": EMAIL, "text": "Дякую, дуже цікаво."}
    status, answer = service.ask(COMMENTS, body, {"X-Request-ID": "from-the-proxy-1"})
    assert status == 202
    pk = answer["id"]
    wanted = {
        ("access", f"POST {COMMENTS} 202"),
        ("comments.reception.services", f"comment {pk} accepted"),
        ("moderation.decided", f"comment {pk}: publish, clean"),
    }
    wait_until(lambda: wanted <= events(service, "from-the-proxy-1"), seconds=20, what="the lines")


def test_every_line_is_a_json_object_with_the_same_keys(service: Service) -> None:
    parts = {"access", "moderation.decided"}
    wait_until(lambda: parts <= {line["logger"] for line in lines(service)}, what="both processes")
    for line in lines(service):
        assert {"time", "level", "logger", "event"} <= set(line)
    started = service.output().partition("Starting on port")[2].partition("The service is")[0]
    others = [line for line in started.splitlines()[1:] if line and line[0] != "{"]
    # The output of `make run` on a terminal is not a log.
    assert all("demo" in line.lower() for line in others), others


def test_no_log_contains_an_e_mail_an_address_or_a_text(service: Service) -> None:
    """Sent wherever a client can send it, with the most verbose level."""
    body = {"author_name": "Тамара", "author_email": EMAIL, "text": TEXT}
    _, answer = service.ask(COMMENTS, body, {**FROM, "X-Request-ID": f"{ADDRESS}-{EMAIL}"})
    link = "/api/v1/" + answer["status_url"].partition("/api/v1/")[2]
    token = link.rstrip("/").rpartition("/")[2]
    service.ask(f"{link}?email={EMAIL}", headers=FROM)
    service.ask(COMMENTS, {**body, "author_email": f"{EMAIL}{EMAIL}@", "text": TEXT * 999}, FROM)
    service.ask(f"/uk/articles/{EMAIL}/", headers=FROM)
    service.ask(f"/nowhere/{ADDRESS}/{EMAIL}?q={EMAIL}", headers=FROM)
    service.ask("/uk/admin/", body, {**FROM, "Host": f"{ADDRESS}:80"})
    service.ask("/uk/admin/login/", body, {**FROM, "Cookie": f"csrftoken={EMAIL}"})
    service.ask("/last-of-all")
    wait_until(lambda: "GET /last-of-all" in service.output(), what="the last line")
    wait_until(lambda: service.ask(link)[1]["status"] != "pending", seconds=20)

    logs = [service.log, *service.var_dir.glob("*.log")]
    assert len(logs) > 1
    for log in logs:
        words = log.read_bytes().decode(errors="replace")
        words += words.encode().decode("unicode_escape", errors="replace")
        assert [each for each in (*PLANTED, token) if each in words] == [], log.name
    assert "GET /api/v1/submissions/.../ 200" in service.output()
    assert "request refused: DisallowedHost" in service.output()
    assert "GET /nowhere/.../... 404" in service.output()


def test_the_id_is_returned_but_one_that_could_be_an_address_is_replaced(client: Client) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "abc_DEF-123"})["X-Request-ID"] == (
        "abc_DEF-123"
    )
    for given in ("", "short", "a" * 65, "10.20.30.40", "olena@example.org", "з кирилицею"):
        answered = client.get("/healthz", HTTP_X_REQUEST_ID=given)["X-Request-ID"]
        assert answered != given
        assert len(answered) == 32


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/uk/articles/mist-1/", "/uk/articles/mist-1/"),
        ("/static/site.1f2e3d.css", "/static/site.1f2e3d.css"),
        ("/a/olena@example.org/", "/a/.../"),
        ("/a/203.0.113.7?b=c", "/a/..."),
        ("/a/2001:db8::1", "/a/..."),
        ("/a/привіт", "/a/..."),
        ("/a/a\nb", "/a/..."),
        ("/submissions/MQ:1vN:x_y/", "/submissions/.../"),
    ],
)
def test_a_path_is_logged_without_what_a_client_typed(path: str, logged: str) -> None:
    assert safe_path(path) == logged


class ValueFromAReaderError(Exception):
    __module__ = "psycopg.errors"


def record_of(error: Exception, message: str = "it failed", *args: object) -> logging.LogRecord:
    try:
        try:
            raise error
        except Exception as first:
            raise ValueError(TEXT) from first
    except ValueError:
        exc_info = sys.exc_info()
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, args, exc_info)
    assert only_our_words(record)
    return record


@pytest.mark.parametrize("formatter", [Formatter(), JsonFormatter()])
def test_an_errors_message_is_left_out_and_its_location_is_logged(formatter: Formatter) -> None:
    line = formatter.format(record_of(ValueFromAReaderError(EMAIL), "saw %s", Exception(TEXT)))
    assert [each for each in PLANTED if each in line] == []
    assert "saw Exception" in line
    assert "ValueFromAReaderError" in line
    assert "record_of" in line


def test_errors_of_the_machine_are_logged_with_their_message() -> None:
    line = Formatter().format(record_of(FileNotFoundError(2, "No such file", "weights.npz")))
    assert "weights.npz" in line


def test_a_failed_task_is_logged_with_the_type_of_its_error() -> None:
    record = record_of(Exception(EMAIL), "Task %(name)s: %(exc)s", {"name": "x", "exc": EMAIL})
    assert record.getMessage() == "Task x: ValueError"


def test_a_task_without_its_database_takes_one_line_of_the_log() -> None:
    arguments = {"name": "x", "exc": EMAIL}
    try:
        raise OperationalError("the database system is shutting down")
    except OperationalError:
        error = sys.exc_info()
    message = "Task %(name)s: %(exc)s"
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, (arguments,), error)
    assert only_our_words(record)
    line = Formatter().format(record)
    assert line == "Task x: OperationalError: the database system is shutting down"


def test_text_lines_have_the_id_and_the_fields() -> None:
    token = request_id.set("abc-12345")
    record = logging.LogRecord("access", logging.INFO, __file__, 1, "GET /", (), None)
    record.fields = {"ms": 1.5}
    try:
        assert Formatter().format(record) == "GET / ms=1.5 request_id=abc-12345"
    finally:
        request_id.reset(token)


def test_a_key_that_is_part_of_an_unlisted_host_is_not_logged() -> None:
    """The rest of the name is what has to be listed."""
    words = "Invalid HTTP_HOST header: 'k3yk3yk3yk3y.checks.example:80'. You may need to add it."
    error = (DisallowedHost, DisallowedHost(words), None)
    record = logging.LogRecord("django.security.DisallowedHost", 40, "", 1, words, (), error)
    assert only_our_words(record)
    line = "request refused: DisallowedHost: .checks.example is not in ALLOWED_HOSTS"
    assert record.getMessage() == line
