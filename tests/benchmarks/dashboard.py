"""The dashboard of a large paper: a month of 12,000 comments a day, among a million."""

import os
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from tqdm import tqdm

from tests.benchmarks.classifier import Figures
from tests.benchmarks.scale import moderator, timed
from tests.benchmarks.servers import free_port, service
from tests.benchmarks.sides import ROOT, SideError
from tests.benchmarks.table import Goal, Row

COMMENTS = int(os.environ.get("BENCH_COMMENTS", "1000000"))
ROUNDS = 20
PAGE = 150
PERIODS = {1: "today", 7: "7 days", 30: "30 days"}


def bench(data: Path) -> tuple[str, list[Row]]:
    """Return a heading that says what was measured, and the rows."""
    found, first = Figures(), 0.0
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        var = Path(folder)
        seed(var)
        with service(free_port(), var, DEMO="0") as server, closing(moderator(server)) as client:
            first = timed(client, "/uk/admin/dashboard/?days=30")
            for number in tqdm(range(2 * ROUNDS), desc="rounds", leave=False):
                for days in PERIODS:
                    taken = timed(client, f"/uk/admin/dashboard/?days={days}")
                    # In the first rounds the service is still loading.
                    if number >= ROUNDS:
                        found.add(str(days), taken)
    heading = f"The dashboard with all decisions on {COMMENTS:,} comments, SQLite, uncached."
    rows = [Row("the very first view of 30 days", "ms", [first])]
    for days, name in PERIODS.items():
        for share in (0.5, 0.95):
            figures, goal = found.quantile(str(days), share), Goal(PAGE)
            rows.append(Row(f"{name}, p{100 * share:.0f}", "ms", figures, goal=goal))
    return heading, rows


def seed(var: Path) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.seed_decisions", str(COMMENTS)]
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(var)}
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise SideError("the database could not be filled")
