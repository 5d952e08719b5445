"""The service under every fault, briefly; `make chaos` is the long version."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "tests.chaos", "--short", "--comments", "500", "--seed", "4"]
# Enough for a busy machine; normally it takes a sixth of that.
TIMEOUT = 240


def test_500_comments_under_each_fault_are_neither_lost_nor_leaked() -> None:
    process = subprocess.Popen(
        COMMAND, cwd=ROOT, env=own(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        words, _ = process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGTERM)
        words, _ = process.communicate(timeout=60)
    print(words)
    assert process.returncode == 0, words


def own() -> dict[str, str]:
    """None of the tests' own settings."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}


def test_an_interrupted_run_leaves_nothing_behind() -> None:
    process = subprocess.Popen(
        COMMAND, cwd=ROOT, env=own(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    next(line for line in process.stdout if line.startswith("sqlite: seed 4;"))
    service = psutil.Process(process.pid).children(recursive=True)
    assert len(service) > 5
    process.send_signal(signal.SIGINT)
    words, _ = process.communicate(timeout=60)
    assert process.returncode == 130, words
    assert "Stopped; nothing is left running." in words
    assert psutil.wait_procs(service, timeout=5)[1] == []
