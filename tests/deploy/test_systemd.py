"""The systemd units pass systemd's own checker and start the right commands."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.sides import ROOT

UNITS = sorted((ROOT / "docs/deploy/systemd").glob("*.service"))
SANDBOX = re.compile(r"# Kept between starts.*(?=\n\[Install\])", re.DOTALL)
needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed"
)


def here(unit: Path, folder: Path) -> Path:
    """The unit with the paths of this checkout, because a missing program is an error."""
    text = unit.read_text().replace("/opt/peredmova/.venv", sys.prefix)
    placed = folder / unit.name
    placed.write_text(text.replace("/opt/peredmova", str(ROOT)))
    return placed


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", "--no-pager", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=30)


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_accepts_the_unit(tmp_path: Path, unit: Path) -> None:
    done = analyze("verify", str(here(unit, tmp_path)))
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_the_unit_has_a_low_exposure_score(tmp_path: Path, unit: Path) -> None:
    """Out of 100; a service without any of these lines has 96."""
    done = analyze("security", "--offline=yes", "--threshold=20", str(here(unit, tmp_path)))
    assert done.returncode == 0, done.stdout[-300:]


def test_both_units_have_the_same_restrictions() -> None:
    web, worker = (SANDBOX.search(unit.read_text()) for unit in UNITS)
    assert web
    assert worker
    assert web[0] == worker[0]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_the_units_start_the_same_commands_as_the_image(unit: Path) -> None:
    """Return one command each for web and worker, for each way to install them."""
    line = re.search(r"^ExecStart=(.*)$", unit.read_text(), re.MULTILINE)
    assert line
    program, *arguments = shlex.split(line[1])
    assert Path(program).parent == Path("/opt/peredmova/.venv/bin")
    elsewhere = (ROOT / "Dockerfile").read_text() + (ROOT / "compose.yaml").read_text()
    assert [each for each in arguments if f'"{each}"' not in elsewhere] in ([], ["127.0.0.1:8000"])
