"""The parts as an operator starts them one by one, without `make run`."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from config.celery import app
from tests.config.running import environment
from tests.processes import wait_until


def test_beat_keeps_its_schedule_in_var_dir_wherever_it_was_started(tmp_path: Path) -> None:
    here, var_dir = tmp_path / "here", tmp_path / "var"
    here.mkdir()
    beat = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", "-q", "beat"],
        cwd=here,
        env=environment(var_dir, PYTHONPATH=str(settings.BASE_DIR)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: [*var_dir.glob("beat*")], seconds=20, what="beat's start")
    finally:
        beat.kill()
        beat.wait(10)
    assert os.listdir(here) == []


def test_a_worker_never_gives_up_a_broker_that_is_out() -> None:
    assert app.conf.broker_connection_max_retries is None
