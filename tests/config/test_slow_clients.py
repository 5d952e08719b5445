"""Clients that stop halfway, or send a byte per second, do not block the others."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from comments.models import Comment
from tests.comments.reception.rest import GOOD
from tests.config.web import Web, web_server
from tests.makers import make_article

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS = 12
CUT_OFF = 4
HALF_HEAD = b"GET /healthz HTTP/1.1\r\nHost: loca"
HALF_BODY = (
    b"POST /api/v1/articles/mist/comments/ HTTP/1.1\r\nHost: localhost\r\n"
    b'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"text": "'
)
MALFORMED = b"GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n"
LAST_ONE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
# gunicorn accepts any number of leading zeros.
LENGTH_WITH_ZEROS = HALF_BODY.replace(b"1000", b"0" * 20 + b"1000")
BODY_TOO_LARGE = HALF_BODY.replace(b"1000", b"60000000")
BODY_WITHOUT_END = HALF_BODY.replace(b"1000", b"9" * 20)
IN_CHUNKS = HALF_BODY.replace(b"Content-Length: 1000", b"Transfer-Encoding: chunked")


@pytest.fixture(scope="module")
def web(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    with web_server(tmp_path_factory.mktemp("slow"), REQUEST_SECONDS=str(CUT_OFF)) as started:
        until_loaded(started)
        yield started


def until_loaded(web: Web) -> None:
    """Wait for the workers: gunicorn's parent listens before they have started."""
    for _ in range(4):
        web.ask("GET", "/healthz")


@contextmanager
def clients(web: Web, sent: bytes, number: int = CLIENTS) -> Iterator[list[socket.socket]]:
    """Open this many connections, send this on each, and keep them open."""
    with ExitStack() as stack:
        opened = [stack.enter_context(web.connection()) for _ in range(number)]
        for each in opened:
            each.sendall(sent)
        yield opened


def timed(ask: Callable[[], int]) -> tuple[int, float]:
    begun = time.monotonic()
    return ask(), time.monotonic() - begun


@pytest.mark.parametrize(
    "sent",
    [
        *(b"", HALF_HEAD, HALF_BODY, LENGTH_WITH_ZEROS),
        *(MALFORMED, LAST_ONE, BODY_TOO_LARGE, BODY_WITHOUT_END, IN_CHUNKS),
    ],
    ids=[
        *("nothing", "half a head", "half a body", "half a body, its length with zeros"),
        *("nonsense", "the last", "too much", "more than any", "chunks"),
    ],
)
def test_twelve_open_connections_do_not_block_the_others(web: Web, sent: bytes) -> None:
    make_article(key="mist")
    with clients(web, sent):
        time.sleep(0.3)
        for _ in range(4):
            status, seconds = timed(lambda: web.ask("GET", "/healthz"))
            assert (status, seconds < 2) == (200, True), seconds
        post = {**GOOD, "author_email": f"{len(sent)}@example.org"}
        status, seconds = timed(lambda: web.ask("POST", "/api/v1/articles/mist/comments/", post))
        assert (status, seconds < 2) == (202, True), seconds
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "expected"), [(b"", b""), (HALF_HEAD, b"HTTP/1.1 408 "), (HALF_BODY, b"HTTP/1.1 408 ")]
)
def test_a_client_that_stops_halfway_is_disconnected(
    web: Web, sent: bytes, expected: bytes
) -> None:
    with clients(web, sent, 1) as (client,):
        begun = time.monotonic()
        client.settimeout(CUT_OFF + 5)
        assert client.recv(100).startswith(expected)
        assert CUT_OFF - 1 < time.monotonic() - begun < CUT_OFF + 4


def test_a_client_that_sends_a_byte_now_and_then_is_disconnected_too(web: Web) -> None:
    with clients(web, HALF_HEAD) as opened:
        ended, begun = threading.Event(), time.monotonic()

        def drip() -> None:
            while not ended.wait(0.5):
                for each in opened:
                    try:
                        each.send(b"x")
                    except OSError:
                        continue

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            assert timed(lambda: web.ask("GET", "/healthz"))[1] < 2
            for each in opened:
                each.settimeout(CUT_OFF + 5)
                assert each.recv(100).startswith(b"HTTP/1.1 408 ")
        finally:
            ended.set()
            dripping.join()
        assert time.monotonic() - begun < CUT_OFF + 4


def test_a_request_that_arrives_in_pieces_is_answered(web: Web) -> None:
    make_article(key="mist")
    body = web.body({**GOOD, "author_email": "pieces@example.org"})
    head = HALF_BODY.partition(b"\r\n\r\n")[0].replace(b"1000", str(len(body)).encode())
    with clients(web, b"", 1) as (client,):
        for start in range(0, len(whole := head + b"\r\n\r\n" + body), 60):
            client.sendall(whole[start : start + 60])
            time.sleep(0.01)
        assert client.recv(100).startswith(b"HTTP/1.1 202 ")
    assert Comment.objects.get().text == GOOD["text"]


def test_requests_that_arrive_together_are_answered_in_order(web: Web) -> None:
    ask = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with clients(web, ask + ask + LAST_ONE, 1) as (client,):
        answered = b""
        while data := client.recv(4096):
            answered += data
    assert 1 <= answered.count(b"HTTP/1.1 200 OK") <= 3
    # The service closes a kept connection now and then, and announces it.
    assert answered.count(b"HTTP/1.1 200 OK") == 3 or b"Connection: close" in answered


def test_a_client_that_expects_100_continue_gets_it(web: Web) -> None:
    make_article(key="mist")
    body = web.body({**GOOD, "author_email": "asks@example.org"})
    head = HALF_BODY.partition(b"\r\n\r\n")[0].replace(b"1000", str(len(body)).encode())
    with clients(web, head + b"\r\nExpect: 100-continue\r\n\r\n", 1) as (client,):
        assert client.recv(100).startswith(b"HTTP/1.1 100 Continue")
        client.sendall(body)
        answer = client.recv(4096) + client.recv(4096)
        assert b"HTTP/1.1 202 " in answer


def test_a_client_that_never_reads_its_answer_does_not_block_the_others(web: Web) -> None:
    make_article(key="mist")
    with clients(web, b"GET /uk/articles/mist/ HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20):
        time.sleep(0.5)
        status, seconds = timed(lambda: web.ask("GET", "/healthz"))
    assert (status, seconds < 5) == (200, True)


def test_a_stop_does_not_wait_for_clients_that_have_sent_nothing(tmp_path: Path) -> None:
    with web_server(tmp_path) as web, clients(web, b""):
        until_loaded(web)
        begun = time.monotonic()
        web.process.terminate()
        web.process.wait(20)
        assert time.monotonic() - begun < 5
