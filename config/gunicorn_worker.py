"""gunicorn's threaded worker, changed so that a thread only gets complete requests.

In gunicorn itself (27.0.1) a thread waits without a limit for the rest of a request, so a few
clients that stop in the middle of one stop the service, and the loop that accepts connections waits
two seconds for each client that does not close its own. There is no setting for either
(https://github.com/benoitc/gunicorn/issues/2652); a proxy that buffers requests helps, but not all
do, and granian (2.8) gives a thread to a request whose body is missing as well, and never cuts it
off. Here that loop gathers head and body itself, and drops a client that takes longer than
REQUEST_SECONDS.

The methods replaced here are no promise of gunicorn's: tests/config/test_slow_clients.py and
tests/config/test_gunicorn.py fail when they no longer do this.
"""

import random
import re
import socket
import struct
import time
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.workers.gthread import TConn, ThreadWorker  # type: ignore[import-untyped]

from config.settings import DATA_UPLOAD_MAX_MEMORY_SIZE, REQUEST_SECONDS

MOST_HEAD = 64 * 1024
# What all requests of a process may hold until they are answered.
MOST_HELD = 64 * 1024 * 1024
AT_ONCE = 64 * 1024
# How long a client may take to close a connection that was answered.
LINGER_SECONDS = 2.0
# A page fits in, so that no thread waits for whoever reads it slowly.
SEND_BUFFER = 512 * 1024
# Whoever takes nothing at all for so long keeps its thread no longer.
STUCK = struct.pack("ll", 10, 0)
# One request in so many is the last of its connection.
KEPT_REQUESTS = 50

_END = b"\r\n\r\n"
# However many zeros it begins with: gunicorn reads it so.
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*0*(\d*)[ \t]*(?=\r\n)", re.IGNORECASE)
# A number of so many digits is more than anyone may send, and quick to read.
_DIGITS = 15
_CHUNKED = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_ASKS_FIRST = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


@dataclass
class Arrival:
    """What has come of one request."""

    late_at: float
    received: bytearray
    # Known once the head is there: its bytes and the body's.
    size: int = 0
    # A body too large or of untold length is not waited for: the application refuses the request.
    body_left: bool = False

    @property
    def whole(self) -> bool:
        return 0 < self.size <= len(self.received)

    @property
    def head_too_large(self) -> bool:
        return not self.size and len(self.received) > MOST_HEAD

    def add(self, data: bytes) -> bool:
        """Takes what has come; returns whether the client waits to be asked for the body."""
        looked = max(0, len(self.received) - len(_END))
        self.received += data
        if self.size or (end := self.received.find(_END, looked)) < 0:
            return False
        self._measure(bytes(self.received[: end + len(_END)]))
        return not self.whole and _ASKS_FIRST.search(self.received, 0, self.size) is not None

    def _measure(self, head: bytes) -> None:
        told = [int(each[:_DIGITS] or b"0") for each in _LENGTH.findall(head)]
        body = told[0] if told else 0
        odd = len(told) > 1 or _CHUNKED.search(head) is not None
        self.body_left = odd or body > DATA_UPLOAD_MAX_MEMORY_SIZE
        self.size = len(head) + (0 if self.body_left else body)


class Worker(ThreadWorker):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Each in the order of its deadlines.
        self.arriving: dict[TConn, Arrival] = {}
        self.leaving: dict[TConn, float] = {}
        self.taken: dict[TConn, Arrival] = {}
        self.held = 0

    def enqueue_req(self, conn: TConn) -> None:
        """Called where a request begins: gathers it first."""
        if self.cfg.is_ssl:
            super().enqueue_req(conn)
            return
        if not conn.initialized:
            self._bound(conn.sock)
        conn.init()
        conn.sock.setblocking(False)
        arrival = Arrival(time.monotonic() + REQUEST_SECONDS, bytearray())
        self.arriving[conn] = arrival
        # What came together with the request before.
        arrival.add(conn.parser.unreader.take_buffered())
        self.held += len(arrival.received)
        self._read(conn)
        if conn in self.arriving:
            self.poller.register(conn.sock, EVENT_READ, partial(self._read, conn))
            self._make_room()

    def _bound(self, sock: socket.socket) -> None:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, STUCK)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, STUCK)

    def _read(self, conn: TConn, _: object = None) -> None:
        """Takes what is there of a request and gives it to a thread once it is whole."""
        arrival = self.arriving.get(conn)
        if arrival is None:
            # Dropped in this very turn of the loop.
            return
        try:
            while not arrival.whole and not arrival.head_too_large:
                data = conn.sock.recv(AT_ONCE)
                if not data:
                    self._drop(conn)
                    return
                self.held += len(data)
                if arrival.add(data):
                    conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        except BlockingIOError:
            return
        except OSError:
            self._drop(conn)
            return
        if arrival.head_too_large:
            self._refuse(conn, 431, "Request Header Fields Too Large")
        elif self.held > MOST_HELD:
            self._refuse(conn, 503, "Service Unavailable")
        else:
            self._hand_over(conn)

    def _hand_over(self, conn: TConn) -> None:
        self._unwatch(conn)
        arrival = self.taken[conn] = self.arriving.pop(conn)
        conn.parser.unreader.unread(bytes(arrival.received))
        super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """In a thread. What is left of a body would be taken for the next request.

        A kept connection ends now and then all the same: it belongs to the process that took it,
        however busy that one is, and the next is taken by whichever is free first.
        """
        arrival = self.taken.get(conn)
        last = random.randrange(KEPT_REQUESTS) == 0  # noqa: S311
        if last or (arrival and arrival.body_left):
            req.force_close()
        return super().handle_request(req, conn)

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """Back in the loop. It does not wait for the client to close."""
        if arrival := self.taken.pop(conn, None):
            self.held -= len(arrival.received)
        goes_on = not fs.cancelled() and not fs.exception() and fs.result()
        if goes_on or self.cfg.is_ssl:
            super().finish_request(conn, fs)
        else:
            self._let_go(conn)

    def murder_pending(self) -> None:
        """Called at least once a second: parts with those whose time is over."""
        super().murder_pending()
        now = time.monotonic()
        for conn, arrival in list(self.arriving.items()):
            if arrival.late_at < now:
                self._refuse(conn, 408, "Request Timeout")
            elif not self.alive and not arrival.received:
                self._drop(conn)
        for conn, end in list(self.leaving.items()):
            if end < now:
                self._gone(conn)

    def _make_room(self) -> None:
        """Where too many are under way, whoever has taken longest goes: attackers, as a rule."""
        most = self.worker_connections // 2
        while self.arriving and (len(self.arriving) > most or self.held > MOST_HELD):
            self._drop(next(iter(self.arriving)))

    def _refuse(self, conn: TConn, status: int, reason: str) -> None:
        if self.arriving[conn].received:
            with suppress(OSError):
                util.write_error(conn.sock, status, reason, "")
        self._forget(conn)
        self._let_go(conn)

    def _drop(self, conn: TConn) -> None:
        self._forget(conn)
        self._close(conn)

    def _forget(self, conn: TConn) -> None:
        self.held -= len(self.arriving.pop(conn).received)
        self._unwatch(conn)

    def _let_go(self, conn: TConn) -> None:
        """Ends our side and waits for the client's: closed at once, it might lose the answer."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(conn)
            return
        self.leaving[conn] = time.monotonic() + LINGER_SECONDS
        self.poller.register(conn.sock, EVENT_READ, partial(self._ignore, conn))

    def _ignore(self, conn: TConn, _: object) -> None:
        try:
            if conn.sock.recv(AT_ONCE):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._gone(conn)

    def _gone(self, conn: TConn) -> None:
        if self.leaving.pop(conn, None) is not None:
            self._unwatch(conn)
            self._close(conn)

    def _unwatch(self, conn: TConn) -> None:
        """A request that came at once was never waited for."""
        with suppress(KeyError):
            self.poller.unregister(conn.sock)

    def _close(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()
