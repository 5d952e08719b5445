"""gunicorn's threaded worker, changed so that a thread only gets complete requests.

In gunicorn itself (27.0.1) a thread waits indefinitely for the rest of a request, so a few clients
that stop halfway block the service, and the loop that accepts connections waits two seconds for
each client that does not close its own. Neither has a setting
(https://github.com/benoitc/gunicorn/issues/2652). A proxy that buffers requests helps, but not all
proxies do. granian (2.8) also gives a thread to a request whose body has not arrived, and never
times it out. Here that loop reads head and body itself, and drops a client that takes longer than
REQUEST_SECONDS.

The methods overridden here are not part of gunicorn's public API: tests/config/test_slow_clients.py
and tests/config/test_gunicorn.py fail if overriding them no longer works.
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

MAX_HEAD_SIZE = 64 * 1024
# All unanswered requests of a process together.
MAX_BUFFERED = 64 * 1024 * 1024
RECEIVE_SIZE = 64 * 1024
# How long a client may take to close a connection after its answer.
LINGER_SECONDS = 2.0
# Large enough for a whole page, so that no thread waits for a slow reader.
SEND_BUFFER = 512 * 1024
# Seconds and microseconds after which a client that accepts no data loses its thread.
SOCKET_TIMEOUT = struct.pack("ll", 10, 0)
# On average this many requests are answered before a connection is closed.
REQUESTS_PER_CONNECTION = 50

_END_OF_HEAD = b"\r\n\r\n"
# gunicorn accepts any number of leading zeros too.
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*0*(\d*)[ \t]*(?=\r\n)", re.IGNORECASE)
# A number this long exceeds every limit, and is still fast to parse.
_MAX_DIGITS = 15
_CHUNKED = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_EXPECTS_CONTINUE = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)


@dataclass
class IncomingRequest:
    """The part of a request that has arrived."""

    deadline: float
    received: bytearray
    # Known once the head is complete: the size of head and body in bytes.
    size: int = 0
    # A body that is too large or of unknown length is not read: the application refuses the
    # request.
    body_unread: bool = False

    @property
    def complete(self) -> bool:
        return 0 < self.size <= len(self.received)

    @property
    def head_too_large(self) -> bool:
        return not self.size and len(self.received) > MAX_HEAD_SIZE

    def add(self, data: bytes) -> bool:
        """Add received data; return whether the client waits for "100 Continue"."""
        searched = max(0, len(self.received) - len(_END_OF_HEAD))
        self.received += data
        if self.size or (end := self.received.find(_END_OF_HEAD, searched)) < 0:
            return False
        self._measure(bytes(self.received[: end + len(_END_OF_HEAD)]))
        return (
            not self.complete and _EXPECTS_CONTINUE.search(self.received, 0, self.size) is not None
        )

    def _measure(self, head: bytes) -> None:
        lengths = [int(each[:_MAX_DIGITS] or b"0") for each in _LENGTH.findall(head)]
        body = lengths[0] if lengths else 0
        unknown = len(lengths) > 1 or _CHUNKED.search(head) is not None
        self.body_unread = unknown or body > DATA_UPLOAD_MAX_MEMORY_SIZE
        self.size = len(head) + (0 if self.body_unread else body)


class Worker(ThreadWorker):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Each ordered by deadline.
        self.incoming: dict[TConn, IncomingRequest] = {}
        self.closing: dict[TConn, float] = {}
        self.in_threads: dict[TConn, IncomingRequest] = {}
        self.buffered = 0

    def enqueue_req(self, conn: TConn) -> None:
        """Read the whole request before a thread gets it; gunicorn calls this when one begins."""
        if self.cfg.is_ssl:
            super().enqueue_req(conn)
            return
        if not conn.initialized:
            self._set_limits(conn.sock)
        conn.init()
        conn.sock.setblocking(False)
        request = IncomingRequest(time.monotonic() + REQUEST_SECONDS, bytearray())
        self.incoming[conn] = request
        # What arrived together with the previous request.
        request.add(conn.parser.unreader.take_buffered())
        self.buffered += len(request.received)
        self._read(conn)
        if conn in self.incoming:
            self.poller.register(conn.sock, EVENT_READ, partial(self._read, conn))
            self._make_room()

    def _set_limits(self, sock: socket.socket) -> None:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, SOCKET_TIMEOUT)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, SOCKET_TIMEOUT)

    def _read(self, conn: TConn, _: object = None) -> None:
        """Read the available part of a request; give the request to a thread once complete."""
        request = self.incoming.get(conn)
        if request is None:
            # Dropped earlier in this iteration of the loop.
            return
        try:
            while not request.complete and not request.head_too_large:
                data = conn.sock.recv(RECEIVE_SIZE)
                if not data:
                    self._drop(conn)
                    return
                self.buffered += len(data)
                if request.add(data):
                    conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
        except BlockingIOError:
            return
        except OSError:
            self._drop(conn)
            return
        if request.head_too_large:
            self._refuse(conn, 431, "Request Header Fields Too Large")
        elif self.buffered > MAX_BUFFERED:
            self._refuse(conn, 503, "Service Unavailable")
        else:
            self._hand_over(conn)

    def _hand_over(self, conn: TConn) -> None:
        self._unwatch(conn)
        request = self.in_threads[conn] = self.incoming.pop(conn)
        conn.parser.unreader.unread(bytes(request.received))
        super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        """Close the connection after this answer if needed; runs in a thread.

        The rest of an unread body would be taken for the next request. Other connections are closed
        at random: a kept one stays with its process even when that is busy, while a new one goes to
        the first process that is free.
        """
        request = self.in_threads.get(conn)
        last = random.randrange(REQUESTS_PER_CONNECTION) == 0  # noqa: S311
        if last or (request and request.body_unread):
            req.force_close()
        return super().handle_request(req, conn)

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        """Keep or close the connection without waiting for the client; runs in the loop."""
        if request := self.in_threads.pop(conn, None):
            self.buffered -= len(request.received)
        keep = not fs.cancelled() and not fs.exception() and fs.result()
        if keep or self.cfg.is_ssl:
            super().finish_request(conn, fs)
        else:
            self._start_closing(conn)

    def murder_pending(self) -> None:
        """End the connections past their deadline; gunicorn calls this at least once a second."""
        super().murder_pending()
        now = time.monotonic()
        for conn, request in list(self.incoming.items()):
            if request.deadline < now:
                self._refuse(conn, 408, "Request Timeout")
            elif not self.alive and not request.received:
                self._drop(conn)
        for conn, end in list(self.closing.items()):
            if end < now:
                self._finish_closing(conn)

    def _make_room(self) -> None:
        """Drop the oldest incomplete requests above the limits: usually those of an attacker."""
        most = self.worker_connections // 2
        while self.incoming and (len(self.incoming) > most or self.buffered > MAX_BUFFERED):
            self._drop(next(iter(self.incoming)))

    def _refuse(self, conn: TConn, status: int, reason: str) -> None:
        if self.incoming[conn].received:
            with suppress(OSError):
                util.write_error(conn.sock, status, reason, "")
        self._forget(conn)
        self._start_closing(conn)

    def _drop(self, conn: TConn) -> None:
        self._forget(conn)
        self._close(conn)

    def _forget(self, conn: TConn) -> None:
        self.buffered -= len(self.incoming.pop(conn).received)
        self._unwatch(conn)

    def _start_closing(self, conn: TConn) -> None:
        """Close our side and wait for the client's: closing both at once may lose the answer."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(conn)
            return
        self.closing[conn] = time.monotonic() + LINGER_SECONDS
        self.poller.register(conn.sock, EVENT_READ, partial(self._discard, conn))

    def _discard(self, conn: TConn, _: object) -> None:
        try:
            if conn.sock.recv(RECEIVE_SIZE):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._finish_closing(conn)

    def _finish_closing(self, conn: TConn) -> None:
        if self.closing.pop(conn, None) is not None:
            self._unwatch(conn)
            self._close(conn)

    def _unwatch(self, conn: TConn) -> None:
        """Stop polling; a request that arrived whole was never polled."""
        with suppress(KeyError):
            self.poller.unregister(conn.sock)

    def _close(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()
