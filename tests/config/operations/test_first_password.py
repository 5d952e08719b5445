"""The first password is shown on a terminal only, and is not logged."""

import os
import pty
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.config.running import SERVE, end, environment, free_port
from tests.processes import wait_until


@pytest.fixture
def var_dir() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="word-", ignore_cleanup_errors=True) as folder:
        yield Path(folder).resolve()


def output_of_start(var_dir: Path, reading: int, writing: int) -> str:
    """Return all output of a start up to the line about the moderator."""
    started = subprocess.Popen(
        SERVE,
        cwd=settings.BASE_DIR,
        env=environment(var_dir, PORT=str(free_port()), DEMO="0"),
        stdout=writing,
        stderr=writing,
        start_new_session=True,
    )
    os.close(writing)
    output = b""

    def complete() -> bool:
        nonlocal output
        output += os.read(reading, 65536)
        return b"\n" in output.partition(b"\n  Moderator  ")[2]

    try:
        wait_until(complete, seconds=60, what="the start")
    finally:
        end(started, var_dir)
        os.close(reading)
    return output.decode()


def test_the_password_is_shown_on_a_terminal(var_dir: Path) -> None:
    output = output_of_start(var_dir, *pty.openpty())
    name, password = (var_dir / "moderator.txt").read_text().split()
    assert f"{name}, password {password} (stored in {var_dir}/moderator.txt)" in output


def test_only_the_path_of_the_password_file_is_written_to_a_pipe(var_dir: Path) -> None:
    output = output_of_start(var_dir, *os.pipe())
    name, password = (var_dir / "moderator.txt").read_text().split()
    assert f"{name}, password in {var_dir}/moderator.txt" in output
    assert password not in output
    logs = [path for path in var_dir.glob("*") if path.suffix == ".log"]
    assert all(password not in path.read_text(errors="replace") for path in logs)
