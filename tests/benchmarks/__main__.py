"""`make bench`: measure, print a table for each part, and fail if a goal is missed."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks import (
    checks,
    classifier,
    dashboard,
    embed,
    importing,
    live,
    long_queue,
    pace,
    scale,
    service,
    workers,
)
from tests.benchmarks.report import Part, write
from tests.benchmarks.sides import ROOT, SideError
from tests.benchmarks.table import missed, table

# Each function takes the data folder and returns a heading and rows.
BENCHES = {
    "classifier": classifier.bench,
    "service": service.bench,
    "pace": pace.bench,
    "live": live.bench,
    "checks": checks.bench,
    "embed": embed.bench,
    "import": importing.bench,
    "scale": scale.bench,
    "queue": long_queue.bench,
    "dashboard": dashboard.bench,
    "workers": workers.bench,
}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", choices=list(BENCHES), help="one part (default: all)")
    parser.add_argument("--data", type=Path, required=True, help="folder that may hold dev/")
    return parser.parse_args()


def _load() -> str:
    """Print how busy the machine was, which explains the spread of the figures."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"


def _race(name: str, data: Path) -> Part:
    """Measure one part and print its table."""
    heading, rows = BENCHES[name](data)
    heading = f"{heading}\nLoad average, including other work: {_load()}."
    print(f"{heading}\n\n{table(rows)}\n", flush=True)
    return Part(name, heading, rows)


def _quality(data: Path) -> int:
    """Print the classifier's tables for the texts of dev, if they exist."""
    files = sorted((data / "dev").glob("*.jsonl"))
    if not files:
        print("No DATA/dev, so no quality tables.", file=sys.stderr)
        return 0
    print("Measuring quality on dev.", file=sys.stderr)
    command = [sys.executable, "-m", "moderation.classifier.training", "evaluate", *map(str, files)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def main() -> int:
    """Run one part or all; return 0 only if every measured goal was met."""
    arguments = _arguments()
    names = [arguments.only] if arguments.only else list(BENCHES)
    try:
        measured = [_race(name, arguments.data) for name in names]
    except SideError as error:
        print(f"Our own side failed: {error}", file=sys.stderr)
        return 1
    if not arguments.only:
        write(measured)
    failures = [what for part in measured for what in missed(part.rows)]
    quality = _quality(arguments.data) if "classifier" in names else 0
    if failures:
        print(f"\nGoals not held: {'; '.join(failures)}.", flush=True)
    return 1 if failures or quality else 0


if __name__ == "__main__":
    sys.exit(main())
