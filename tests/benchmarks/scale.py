"""The cost of a million comments: the same pages on a small and a large database, in turn."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
from tqdm import tqdm

from tests.benchmarks.classifier import Figures
from tests.benchmarks.seed import THREAD, key
from tests.benchmarks.servers import Server, free_port, service
from tests.benchmarks.service import comments_of
from tests.benchmarks.sides import ROOT, SideError
from tests.benchmarks.table import Goal, Row

ROUNDS = 60
SMALL, SMALL_HELD = THREAD, 100
LARGE, LARGE_HELD = 1_000_000, 100_000
QUEUE = "/uk/admin/queue/"


def seed(folder: Path, comments: int, held: int) -> None:
    """Fill a database before the service is started with it."""
    command = [sys.executable, "-m", "tests.benchmarks.seed", str(comments), str(held)]
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder)}
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise SideError("the database could not be filled")


def moderator(server: Server) -> httpx.Client:
    """Return a browser that is signed in as the first moderator."""
    name, password = (server.folder / "moderator.txt").read_text().split()
    client = httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=60)
    page = client.get("/uk/admin/login/")
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.text)
    fields = {"username": name, "password": password, "csrfmiddlewaretoken": token[1]}  # type: ignore[index]
    if client.post("/uk/admin/login/", data=fields).status_code != 302:
        raise SideError("the moderator could not sign in")
    return client


def timed(client: httpx.Client, path: str) -> float:
    """Return how long a page takes, in milliseconds."""
    begun = time.perf_counter()
    answer = client.get(path)
    if answer.status_code != 200:
        raise SideError(f"{path} answered {answer.status_code}")
    return (time.perf_counter() - begun) * 1000


def rows(large: Figures, small: Figures) -> Iterator[Row]:
    """Yield the table: the large database counts as ours, the small one as theirs."""
    yield Row(
        "first page of a thread of 1,000",
        "ms",
        large.quantile("page", 0.5),
        small.quantile("page", 0.5),
        Goal(1.3, of_ratio=True),
    )
    yield Row(
        "a moderator's queue page",
        "ms",
        large.quantile("queue", 0.5),
        small.quantile("queue", 0.5),
        Goal(1.5, of_ratio=True),
    )


def bench(data: Path) -> tuple[str, list[Row]]:
    """Return a heading that says what was compared, and the rows."""
    sizes = {"small": (SMALL, SMALL_HELD), "large": (LARGE, LARGE_HELD)}
    figures = {name: Figures() for name in sizes}
    with ExitStack() as stack:
        clients = {}
        for name, size in sizes.items():
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"{name}-")))
            seed(folder, *size)
            server = stack.enter_context(service(free_port(), folder, DEMO="0"))
            clients[name] = moderator(server)
            stack.callback(clients[name].close)
        for _ in tqdm(range(ROUNDS), desc="rounds", leave=False):
            for name, client in clients.items():
                # A different URL each time, so that no cached page is returned.
                page = f"{comments_of(key(0))}?limit=20&asked={time.time_ns()}"
                figures[name].add("page", timed(client, page))
                figures[name].add("queue", timed(client, QUEUE))
    heading = (
        f"{LARGE:,} comments, {LARGE_HELD:,} of them held (ours), compared with {SMALL:,} and "
        f"{SMALL_HELD} (theirs),\nboth ours, SQLite, uncached, alternating, {ROUNDS} rounds: p50."
    )
    return heading, list(rows(figures["large"], figures["small"]))
