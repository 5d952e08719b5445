"""Beat sends the sweep, and carries none of the code that sweeps."""

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.processes import Broker

BEAT = """
import sys
from celery.beat import Service
from config.celery import app

app.loader.init_worker()
app.finalize()
carried = {"django.db.models", "moderation.tasks", "numpy"} & sys.modules.keys()
print(sorted(carried), flush=True)
Service(app, schedule_filename=sys.argv[1]).start()
"""


def test_beat_sends_the_sweep_without_the_code_of_its_tasks(broker: Broker, tmp_path: Path) -> None:
    beat = subprocess.Popen(
        [sys.executable, "-c", BEAT, str(tmp_path / "beat")],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "CELERY_LOADER": "config.beat:Loader",
            "SWEEP_EVERY": "1",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert beat.stdout
        assert beat.stdout.readline() == "[]\n"
        until = time.monotonic() + 15
        while not broker.waiting():
            assert time.monotonic() < until, "no sweep was sent"
            time.sleep(0.05)
        assert '"moderation.tasks.sweep"' in broker.next_message()
    finally:
        beat.kill()
        beat.wait(10)


def test_make_run_starts_beat_so() -> None:
    started = Path("config/launch/services.ini").read_text().partition("[program:beat]")[2]
    assert 'CELERY_LOADER="config.beat:Loader"' in started.partition("\n[")[0]
