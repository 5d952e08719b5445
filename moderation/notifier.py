"""Notify the workers of new comments from a thread, so that no reader waits for the broker.

So no reader waits for the broker, and a rush of comments costs one message, not one each.
"""

import atexit
import threading
from collections.abc import Callable


class Bell:
    """Calls `strike` soon after a ring, never more often than once in `rest` seconds.

    `strike` tells whether it was heard; if not, it is called again after `rest_unheard` seconds.
    Rings while the bell rests are one. What was rung last is struck before the process ends.
    """

    def __init__(self, strike: Callable[[], bool], *, rest: float, rest_unheard: float) -> None:
        self._strike = strike
        self._rest, self._rest_unheard = rest, rest_unheard
        self._rung, self._stopping = threading.Event(), threading.Event()
        self._starting = threading.Lock()
        self._ringer: threading.Thread | None = None
        atexit.register(self.stop)

    def ring(self) -> None:
        """Returns at once, whatever becomes of the strike."""
        self._rung.set()
        # A fork leaves the thread behind, so each process starts one when it first rings.
        if self._ringer is None or not self._ringer.is_alive():
            self._start()

    def stop(self) -> None:
        """Strikes what was rung last, and rests until it is rung again."""
        owed = self._rung.is_set()
        if self._ringer is not None and self._ringer.is_alive():
            self._stopping.set()
            self._rung.set()
            self._ringer.join(timeout=1)
        self._stopping.clear()
        self._rung.clear()
        if owed:
            self._strike()

    def _start(self) -> None:
        with self._starting:
            if self._ringer is None or not self._ringer.is_alive():
                self._ringer = threading.Thread(target=self._listen, name="bell", daemon=True)
                self._ringer.start()

    def _listen(self) -> None:
        while self._rung.wait() and not self._stopping.is_set():
            self._rung.clear()
            heard = self._strike()
            if not heard:
                self._rung.set()
            if self._stopping.wait(self._rest if heard else self._rest_unheard):
                return
