"""A full disk under the log: lines are lost, and the supervisor goes on."""

import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest
from supervisor import loggers

from config.launch.supervise import lose_what_cannot_be_written

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux has a device that is always full"
)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[loggers.Logger]:
    """The supervisor's log and its standard error, both where nothing fits."""
    monkeypatch.setattr(loggers.Handler, "handleError", loggers.Handler.handleError)
    full = open("/dev/full", "w", buffering=1)  # noqa: SIM115 - closing it fails
    monkeypatch.setattr(sys, "stderr", full)
    log = loggers.getLogger()
    loggers.handle_file(log, "/dev/full", "%(message)s\n")
    yield log
    for stream in (full, log.handlers[0].stream):
        with suppress(OSError):
            stream.close()


def test_a_supervisor_whose_log_lies_on_a_full_disk_goes_on(log: loggers.Logger) -> None:
    lose_what_cannot_be_written()
    log.warn("exited: web (terminated by SIGKILL; not expected)")
    log.warn("and one more line, with the first still waiting to be written")
