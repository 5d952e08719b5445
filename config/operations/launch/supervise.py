"""supervisord as `make run` needs it: quick to stop, whoever started it, gone with its terminal."""

import signal
from collections.abc import Callable
from typing import Any

from supervisor import loggers, supervisord  # type: ignore[import-untyped]
from supervisor.options import ServerOptions  # type: ignore[import-untyped]

# supervisord looks at signals once a turn, and a turn takes up to a second of its own.
LONGEST_TURN = 0.1


class Options(ServerOptions):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__()
        poll: Callable[[float], Any] = self.poller.poll
        self.poller.poll = lambda timeout: poll(min(timeout, LONGEST_TURN))

    def set_uid_or_exit(self) -> None:
        """Stays the user who started it: there is nothing to drop, and no warning to give."""

    def setsignals(self) -> None:
        """A closed terminal stops the service as Ctrl-C does; as it comes it would restart it."""
        super().setsignals()
        receive = self.signal_receiver.receive
        signal.signal(signal.SIGHUP, lambda _, frame: receive(signal.SIGTERM, frame))


def lose_what_cannot_be_written() -> None:
    """A full disk under the log costs lines; as it comes it ends the supervisor and the service.

    There is nowhere to tell of it either: the complaint would go to the same disk.
    """
    loggers.Handler.handleError = lambda _: None


if __name__ == "__main__":
    lose_what_cannot_be_written()
    supervisord.ServerOptions = Options
    supervisord.main()
