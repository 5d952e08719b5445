"""A full disk under the log: lines are lost, and the supervisor goes on."""

import errno
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest
from supervisor import loggers

from config.operations.launch.supervise import lose_what_cannot_be_written

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux has a device that is always full"
)


class NothingFits:
    def write(self, _: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[loggers.Logger]:
    """The supervisor's log, where nothing fits."""
    monkeypatch.setattr(loggers.Handler, "handleError", loggers.Handler.handleError)
    log = loggers.getLogger()
    loggers.handle_file(log, "/dev/full", "%(message)s\n")
    yield log
    with suppress(OSError):
        log.handlers[0].stream.close()


def test_a_supervisor_whose_log_lies_on_a_full_disk_goes_on(
    log: loggers.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In the test itself: pytest sets its own before each.
    monkeypatch.setattr(sys, "stderr", NothingFits())
    lose_what_cannot_be_written()
    log.warn("exited: web (terminated by SIGKILL; not expected)")
    log.warn("and one more line, with the first still waiting to be written")
