"""Notify the workers of new comments from a thread, so that no reader waits for the broker.

It combines the notifications of many comments into one message.
"""

import atexit
import threading
from collections.abc import Callable


class Notifier:
    """Calls `send` soon after `notify`, but not more often than once per `interval` seconds.

    `send` returns whether it succeeded; after a failure it is called again in `retry_interval`
    seconds. Notifications within an interval are combined. A pending one is sent before the process
    ends.
    """

    def __init__(self, send: Callable[[], bool], *, interval: float, retry_interval: float) -> None:
        self._send = send
        self._interval, self._retry_interval = interval, retry_interval
        self._pending, self._stopping = threading.Event(), threading.Event()
        self._start_lock = threading.Lock()
        self._thread: threading.Thread | None = None
        atexit.register(self.stop)

    def notify(self) -> None:
        """Request a call of `send` and return at once."""
        self._pending.set()
        # Threads do not survive a fork, so each process starts its own at its first notification.
        if self._thread is None or not self._thread.is_alive():
            self._start()

    def stop(self) -> None:
        """End the thread and send what is pending. The next `notify` starts a new thread."""
        is_pending = self._pending.is_set()
        if self._thread is not None and self._thread.is_alive():
            self._stopping.set()
            self._pending.set()
            self._thread.join(timeout=1)
        self._stopping.clear()
        self._pending.clear()
        if is_pending:
            self._send()

    def _start(self) -> None:
        with self._start_lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="notifier", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while self._pending.wait() and not self._stopping.is_set():
            self._pending.clear()
            succeeded = self._send()
            if not succeeded:
                self._pending.set()
            if self._stopping.wait(self._interval if succeeded else self._retry_interval):
                return
