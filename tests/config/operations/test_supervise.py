"""The supervisor of `make run`, with one-line programs as parts."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from config.operations.launch import supervise
from config.operations.launch.supervise import Part, as_argument
from tests.processes import wait_until

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /dev/full")


def shell(name: str, script: str, **more: object) -> Part:
    return Part(name, ["/bin/sh", "-c", script], **more)  # type: ignore[arg-type]


def default_signals() -> None:
    """Undo what the tests inherit under nohup or as a background job."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def supervised(
    *parts: Part,
    output: Path,
    before: Callable[[], object] = default_signals,
    **environment: str,
) -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-P", supervise.__file__, as_argument(list(parts))]
    with output.open("wb") as file:
        process = subprocess.Popen(
            command, env=environment, stdout=file, stderr=subprocess.STDOUT, preexec_fn=before
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait(10)


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def stopped(process: "subprocess.Popen[bytes]", number: signal.Signals = signal.SIGTERM) -> float:
    """Return how many seconds it took to stop."""
    begun = time.monotonic()
    process.send_signal(number)
    assert process.wait(20) == 0
    return time.monotonic() - begun


def runs(pid: str) -> bool:
    """Return whether the process exists and is not a zombie."""
    try:
        return psutil.Process(int(pid)).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_a_part_that_keeps_ending_is_restarted_after_longer_pauses(tmp_path: Path) -> None:
    starts, output = tmp_path / "starts", tmp_path / "output"
    with supervised(shell("web", f"echo x >> {starts}; exit 3"), output=output) as process:
        time.sleep(3)
        stopped(process)
    # After 0, .25, .75 and 1.75 seconds, plus the time of each start and poll.
    assert 3 <= len(lines(starts)) <= 5
    assert lines(output)[0].endswith(
        "WARNING supervisor: web ended (exit status 3) and is being restarted"
    )


def test_a_part_that_runs_once_is_not_restarted(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    once = shell("announcement", f"echo x >> {starts}", once=True)
    with supervised(once, output=tmp_path / "output") as process:
        time.sleep(1.5)
        stopped(process)
    assert len(lines(starts)) == 1
    assert lines(tmp_path / "output") == []


def test_the_children_of_a_dead_part_are_killed_before_its_restart(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    part = shell("worker", f"sleep 100 & echo $! >> {pids}; exit 1")
    with supervised(part, output=tmp_path / "output") as process:
        wait_until(lambda: len(lines(pids)) > 1, what="a second start")
        assert not runs(lines(pids)[0])
        stopped(process)


def test_the_foundation_stops_last(tmp_path: Path) -> None:
    order = tmp_path / "order"
    wait = "while :; do sleep .05; done"
    parts = [
        shell("web", f"trap 'sleep .5; echo web >> {order}; exit' TERM; {wait}"),
        shell("broker", f"trap 'echo broker >> {order}; exit' TERM; {wait}", foundation=True),
    ]
    with supervised(*parts, output=tmp_path / "output") as process:
        time.sleep(0.5)
        stopped(process)
    assert lines(order) == ["web", "broker"]


def test_a_part_that_does_not_stop_in_time_is_killed(tmp_path: Path) -> None:
    started = tmp_path / "started"
    stubborn = shell(
        "web", f"trap '' TERM; touch {started}; while :; do sleep .05; done", stop_timeout=0.5
    )
    with supervised(stubborn, output=tmp_path / "output") as process:
        wait_until(started.exists, what="its start")
        assert 0.5 <= stopped(process) < 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_each_of_these_signals_stops_everything(tmp_path: Path, number: signal.Signals) -> None:
    pid = tmp_path / "pid"
    part = shell("web", f"echo $$ > {pid}; exec sleep 100")
    with supervised(part, output=tmp_path / "output") as process:
        wait_until(lambda: lines(pid), what="its start")
        assert stopped(process, number) < 2
    assert not runs(lines(pid)[0])


def test_under_nohup_it_survives_its_terminal(tmp_path: Path) -> None:
    started = tmp_path / "started"
    part = shell("web", f"touch {started}; exec sleep 100")
    with supervised(
        part,
        output=tmp_path / "output",
        before=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    ) as process:
        wait_until(started.exists, what="its start")
        process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        assert process.poll() is None


@linux_only
def test_a_log_on_a_full_disk_stops_nothing(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    part = shell("web", f"echo x >> {starts}; echo a line that fits nowhere; exit 1")
    with supervised(part, output=Path("/dev/full")) as process:
        wait_until(lambda: len(lines(starts)) > 2, what="a third start")
        stopped(process)


def test_a_missing_command_is_logged_and_tried_again(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with supervised(Part("broker", ["/nowhere/server"]), output=output) as process:
        wait_until(lambda: output.read_text().count("broker ended") > 1, what="two tries")
        stopped(process)


def test_its_log_lines_are_json_if_the_service_logs_json(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with supervised(shell("web", "exit 1"), output=output, LOG_FORMAT="json") as process:
        wait_until(lambda: lines(output), what="a line")
        stopped(process)
    assert (
        json.loads(lines(output)[0]).items()
        >= {
            "level": "warning",
            "logger": "supervisor",
            "event": "web ended (exit status 1) and is being restarted",
        }.items()
    )
