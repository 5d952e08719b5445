"""The clients from npm that package-lock.json names, installed into .cache once."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

LISTS = Path(__file__).with_name("npm")
CACHE = Path(__file__).resolve().parents[3] / ".cache" / "npm"


def run_node(script: str, **variables: str) -> Any:
    """Run a script that can require these clients, and return the JSON that it prints.

    Skips the test where there is no Node.js, or no registry to install them from.
    """
    if not shutil.which("node"):
        pytest.skip("there is no Node.js")
    done = subprocess.run(
        ["node", "--eval", script],
        cwd=_installed(),
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@cache
def _installed() -> Path:
    lists = sorted(LISTS.glob("*.json"))
    version = hashlib.sha256(b"".join(each.read_bytes() for each in lists)).hexdigest()[:16]
    folder = CACHE / version
    if not folder.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as temporary:
            made = Path(shutil.copytree(LISTS, Path(temporary) / "made"))
            _install(made)
            try:
                made.rename(folder)
            except OSError:
                # Another process was faster.
                assert folder.exists()
    return folder


def _install(folder: Path) -> None:
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("there is no npm")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
    except subprocess.TimeoutExpired:
        pytest.skip("npm cannot reach its registry")
    if done.returncode:
        pytest.skip(f"npm cannot install the clients: {done.stderr[-200:]!r}")
