"""How soon a comment is decided, alone and among many, and how much memory the service takes."""

import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.load import Pace, load
from tests.benchmarks.servers import Server, free_port, fresh_service
from tests.benchmarks.service import POSTED_TO, ours_posts, without_errors
from tests.benchmarks.table import Goal, Row

IDLE, IDLE_RATE = 30, 2.0
CROWD_SECONDS, CROWD_RATE = 120.0, 50.0
MIB = 1024 * 1024
PARTS = {"gunicorn": "web", " worker ": "worker", "valkey": "broker"}
_WAITS = """
SELECT (julianday(decided_at) - julianday(created_at)) * 86400 FROM comments_comment
WHERE id > {last} AND decided_at IS NOT NULL
"""


def waits(server: Server, pace: Pace, start: int) -> list[float]:
    """Return the seconds from submission to decision of every comment posted at a pace."""
    last = server.select("SELECT max(id) FROM comments_comment")[0][0]
    found = without_errors(load(server.port, ours_posts(POSTED_TO, start), pace))
    server.drain()
    decided = sorted(wait for (wait,) in server.select(_WAITS.format(last=last)))
    assert len(decided) == sum(found.statuses.values()), "a comment was not decided"
    return decided


def weights(server: Server) -> dict[str, float]:
    """Return the memory of each part in MiB; shared memory is divided among its users."""
    found: dict[str, float] = defaultdict(float)
    for process in server.processes():
        command = f"{' '.join(process.cmdline())} "
        part = next((part for word, part in PARTS.items() if word in command), "supervisor")
        found[part] += process.memory_full_info().pss / MIB
    return found


def _at(values: list[float], share: float) -> list[float]:
    return [values[min(len(values) - 1, int(len(values) * share))]]


def rows(
    alone: list[float], crowd: list[float], weighed: dict[str, float], without: dict[str, float]
) -> Iterator[Row]:
    """Yield the table; `without` is the memory without the second judge."""
    yield Row("submission to decision, idle, p50", "s", _at(alone, 0.5))
    yield Row("submission to decision, idle, p95", "s", _at(alone, 0.95), goal=Goal(0.5))
    many = f"{CROWD_RATE:.0f} a second for {CROWD_SECONDS:.0f} s"
    yield Row(f"submission to decision, {many}, p50", "s", _at(crowd, 0.5))
    yield Row(f"submission to decision, {many}, p95", "s", _at(crowd, 0.95), goal=Goal(1))
    for part, weight in sorted(weighed.items()):
        yield Row(f"memory (PSS), idle: {part}", "MiB", [weight])
    yield Row("memory (PSS), idle: all", "MiB", [sum(weighed.values())], goal=Goal(420))
    for part, weight in sorted(without.items()):
        yield Row(f"memory (PSS), SECOND_JUDGE=off: {part}", "MiB", [weight])
    everything = [sum(without.values())]
    yield Row("memory (PSS), SECOND_JUDGE=off: all", "MiB", everything, goal=Goal(300))


def bench(data: Path) -> tuple[str, list[Row]]:
    """Return a heading and the rows."""
    with fresh_service(free_port(), SECOND_JUDGE="off") as server:
        time.sleep(5)
        without = weights(server)
    with fresh_service(free_port()) as server:
        time.sleep(5)
        weighed = weights(server)
        alone = waits(server, Pace(clients=4, count=IDLE, rate=IDLE_RATE), 0)
        many = Pace(clients=16, seconds=CROWD_SECONDS, rate=CROWD_RATE)
        crowd = waits(server, many, 1000)
    heading = "The service by itself, SQLite, two web and two worker processes."
    return heading, list(rows(alone, crowd, weighed, without))
