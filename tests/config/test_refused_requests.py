"""Requests that the web server refuses are answered, and logged without the client's words."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from comments.models import Comment
from tests.comments.reception.rest import GOOD
from tests.config.web import Web, web_server
from tests.makers import make_article
from tests.processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = b"olha.bondar@example.org"
PRODUCTION = {
    "ALLOWED_HOSTS": "comments.example.org",
    "SECRET_KEY": "w4-a-long-and-random-secret-that-nobody-else-has-0123456789",
    "CONTACT_KEYS": Fernet.generate_key().decode(),
}
LIMIT = 1024 * 1024


@pytest.fixture(scope="module")
def web(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with web_server(tmp_path_factory.mktemp("refused"), **PRODUCTION) as started:
        yield started


def answer(web: Web, sent: bytes, *, more: bytes = b"") -> tuple[int, str]:
    """Send exactly these bytes; return the status and the rest of the answer."""
    with web.connection() as client:
        client.sendall(sent)
        if more:
            client.sendall(more)
        received = b""
        while data := client.recv(65536):
            received += data
    return int(received.split()[1]), received.decode()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + SECRET + b" : y\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + SECRET + b"\x01\r\n\r\n", 400),
        (b"GET /" + SECRET + b" FTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"olha(bondar) / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: " + SECRET + b"\r\n\r\n", 501),
        (b"GET / HTTP/1.1\r\nHost: x\r\nExpect: " + SECRET + b"\r\n\r\n", 417),
        (b"GET /" + SECRET * 600 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + SECRET * 500 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: " + SECRET * 4000, 431),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: " + SECRET + b"\r\nConnection: close\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: 203.0.113.9:80\r\nConnection: close\r\n\r\n", 400),
    ],
)
def test_a_malformed_request_is_logged_without_its_content(
    web: Web, sent: bytes, status: int
) -> None:
    assert answer(web, sent)[0] == status
    assert web.ask("GET", "/healthz") == 200
    log = web.log.read_text()
    for received in ("olha", "bondar", "127.0.0.1", "203.0.113.9", "ip="):
        assert received not in log.replace("Listening at: http://127.0.0.1", "")


def test_the_log_says_that_a_request_was_refused_and_why(web: Web) -> None:
    answer(web, b"GET / HTTP/1.1\r\nHost: x\r\nName : y\r\n\r\n")
    wait_until(lambda: "request refused: InvalidHeaderName" in web.log.read_text(), what="a line")


def test_an_unlisted_host_is_logged_with_its_setting(web: Web) -> None:
    assert web.ask("GET", "/uk/", Host="www.elsewhere.example:8000") == 400
    line = "DisallowedHost: www.elsewhere.example is not in ALLOWED_HOSTS"
    wait_until(lambda: line in web.log.read_text(), what="a line")
    assert web.ask("GET", "/uk/", Host=f"{'a' * 200}.example") == 400
    line = "DisallowedHost: an address or no name is not in ALLOWED_HOSTS"
    wait_until(lambda: line in web.log.read_text(), what="a line")
    assert "a" * 30 not in web.log.read_text()


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "[::1]", "10.1.2.3:8000", "web-1", "comments.example.org"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_probes_may_use_an_ip_address_in_production(web: Web, host: str, method: str) -> None:
    assert web.ask(method, "/healthz", Host=host) == 200
    assert web.ask(method, "/readyz", Host=host) in (200, 503)
    assert web.ask(method, "/metrics", Host=host) == 404
    assert web.ask(method, "/uk/", Host=host) == (301 if "example" in host else 400)


def test_prometheus_may_scrape_by_ip_address(tmp_path: Path) -> None:
    token = "a-token-of-more-than-twenty-characters"
    with web_server(tmp_path, **PRODUCTION, METRICS_TOKEN=token) as web:
        shown = {"Authorization": f"Bearer {token}", "Host": "127.0.0.1:8136"}
        assert web.ask("GET", "/metrics", **shown) == 200
        assert web.ask("GET", "/metrics", Host="127.0.0.1") == 401


def test_head_is_answered_with_the_length_and_no_warning(web: Web) -> None:
    lengths = {}
    for method in ("GET", "HEAD"):
        asked = f"{method} /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        status, received = answer(web, asked)
        head, _, body = received.partition("\r\n\r\n")
        assert (status, body) == (200, "ok" if method == "GET" else "")
        lengths[method] = [row for row in head.splitlines() if row.startswith("Content-Length")]
    assert lengths["GET"] == lengths["HEAD"] == ["Content-Length: 2"]
    assert "body bytes" not in web.log.read_text()


def posted(path: str, kind: str, length: str, language: str = "uk") -> bytes:
    return (
        f"POST {path} HTTP/1.1\r\nHost: comments.example.org\r\nX-Forwarded-Proto: https\r\n"
        f"Accept-Language: {language}\r\nContent-Type: {kind}\r\n{length}\r\n\r\n"
    ).encode()


MULTIPART = "multipart/form-data; boundary=x"
URLENCODED = "application/x-www-form-urlencoded"
FILE = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'


@pytest.mark.parametrize("kind", [MULTIPART, URLENCODED])
def test_a_form_that_is_too_large_is_refused_without_reading_it(web: Web, kind: str) -> None:
    make_article(key="mist")
    for language, received in (("uk", "забагато тексту"), ("en", "This is too much text")):
        head = posted(f"/{language}/articles/mist/", kind, f"Content-Length: {60 * LIMIT}")
        # Only the beginning is sent, so a server that waits for the rest would hang.
        status, page = answer(web, head, more=FILE)
        assert (status, received in page) == (413, True), page


@pytest.mark.parametrize("kind", ["application/json", MULTIPART])
def test_rest_refuses_a_body_that_is_too_large_without_reading_it(web: Web, kind: str) -> None:
    make_article(key="mist")
    path = "/api/v1/articles/mist/comments/"
    for language, received in (("uk", "Забагато тексту"), ("en", "This request is too large")):
        status, page = answer(web, posted(path, kind, f"Content-Length: {LIMIT + 1}", language))
        problem = json.loads(page.partition("\r\n\r\n")[2])
        assert "application/problem+json" in page
        assert (status, problem["status"]) == (413, 413)
        assert problem["detail"].startswith(received)


def test_a_body_without_a_length_is_refused_without_reading_it(web: Web) -> None:
    make_article(key="mist")
    chunked = "Transfer-Encoding: chunked"
    path = "/api/v1/articles/mist/comments/"
    status, page = answer(web, posted(path, "application/json", chunked, "en"))
    assert (status, "Content-Length" in page.partition("\r\n\r\n")[2]) == (411, True)
    assert answer(web, posted("/uk/articles/mist/", MULTIPART, chunked))[0] == 400
    assert Comment.objects.count() == 0


def test_everything_typed_is_kept_up_to_the_limit_of_the_body(web: Web) -> None:
    make_article(key="mist")
    name = f"Соломія {GOOD['author_name']}"
    typed = f'--x\r\nContent-Disposition: form-data; name="author_name"\r\n\r\n{name}\r\n'.encode()
    upload = FILE + b"a" * (LIMIT - 2000) + b"\r\n--x--\r\n"
    body = typed + upload
    status, _ = answer(
        web,
        posted(
            "/uk/articles/mist/", MULTIPART, f"Content-Length: {len(body)}\r\nConnection: close"
        ),
        more=body,
    )
    # Without the page's token, but read and not too large.
    assert status == 403
    assert "Traceback" not in web.log.read_text()


def test_a_probe_that_fails_is_not_logged_as_an_error_of_its_own(web: Web) -> None:
    for _ in range(5):
        # The tests have no worker, so it is not ready.
        assert web.ask("GET", "/readyz") == 503
    log = web.log.read_text()
    assert "Service Unavailable: /readyz" not in log
    # At most once by each of the two processes.
    assert 1 <= log.count("not ready: worker: ") <= 2
