"""A thousand open pages of one article, on which comments keep appearing."""

import asyncio
import json
import threading
import time
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.load import HEAD_END, Pace, load, request
from tests.benchmarks.servers import Server, free_port, fresh_service
from tests.benchmarks.service import POSTED_TO, comments_of, ours_posts, without_errors
from tests.benchmarks.sides import SideError
from tests.benchmarks.table import Goal, Row

PAGES = 1000
RATE = 20.0
SECONDS = 60.0
# Pages are opened one after another, not all at once.
OPENING = 5.0
_PUBLISHED = """
SELECT (julianday(created_at) - 2440587.5) * 86400 FROM comments_comment JOIN
(SELECT id AS article FROM comments_article WHERE key = '{key}') ON article_id = article
WHERE status = 'published' ORDER BY decided_at, id
"""


@dataclass
class Watching:
    """What open pages saw: when each of them first heard of each number of comments."""

    end: float
    asked: int = 0
    seen: list[list[tuple[float, int]]] = field(default_factory=list)


class _Link:
    """A browser's connection: kept while the server keeps it, and opened again when it does not."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Return an answer's status, headers and body."""
        kept = self.streams is not None
        reader, writer = self.streams = self.streams or await asyncio.open_connection(
            "127.0.0.1", self.port
        )
        try:
            writer.write(request("GET", path, b"", **headers))
            head = (await reader.readuntil(HEAD_END)).decode("latin-1")
        except (ConnectionError, asyncio.IncompleteReadError):
            self.streams = None
            if not kept:
                raise
            return await self.get(path, headers)
        line, *lines = head.strip().split("\r\n")
        found = {name.lower(): value for name, value in (each.split(": ", 1) for each in lines)}
        status = int(line.split()[1])
        body = b"" if status == 304 else await reader.readexactly(int(found["content-length"]))
        if found.get("connection") == "close":
            writer.close()
            self.streams = None
        return status, found, body


async def _page(port: int, number: int, watching: Watching) -> None:
    """Ask as a page's script does, with the last ETag and at the interval that the answer says."""
    await asyncio.sleep(number * OPENING / PAGES)
    link, path = _Link(port), f"{comments_of(POSTED_TO)}live/"
    seen: list[tuple[float, int]] = []
    watching.seen.append(seen)
    headers: dict[str, str] = {}
    pause = 1.5
    while time.time() < watching.end:
        status, found, body = await link.get(path, headers)
        watching.asked += 1
        if status == 200:
            news = json.loads(body)
            seen.append((time.time(), news["comments"]))
            headers, pause = {"If_None_Match": found["etag"]}, news["poll_after"]
        elif status != 304:
            raise SideError(f"a page was answered {status}")
        await asyncio.sleep(pause)


async def _watch(port: int, watching: Watching) -> None:
    await asyncio.gather(*(_page(port, number, watching) for number in range(PAGES)))


def delays(server: Server, watching: Watching, before: int) -> list[float]:
    """Return, for every page and comment, the seconds from its submission until the page knew.

    `before` is the number of comments that the article had; only pages that were open when a
    comment came count.
    """
    times = [at for (at,) in server.select(_PUBLISHED.format(key=POSTED_TO))]
    found = []
    for seen in watching.seen:
        counts = [count for _at, count in seen]
        found += [
            seen[bisect_left(counts, number + 1)][0] - times[number]
            for number in range(max(before, counts[0]), counts[-1])
        ]
    return sorted(found)


def bench(data: Path) -> tuple[str, list[Row]]:
    """Return a heading and the rows."""
    with fresh_service(free_port()) as server:
        before = len(server.select(_PUBLISHED.format(key=POSTED_TO)))
        watching = Watching(end=time.time() + OPENING + SECONDS + 5)
        pages = threading.Thread(target=lambda: asyncio.run(_watch(server.port, watching)))
        pages.start()
        time.sleep(OPENING)
        pace = Pace(clients=8, seconds=SECONDS, rate=RATE)
        posted = without_errors(load(server.port, ours_posts(POSTED_TO), pace))
        pages.join()
        server.drain()
        found = delays(server, watching, before)
    p50, p95 = (found[int(len(found) * share)] for share in (0.5, 0.95))
    heading = (
        f"{PAGES:,} open pages of one article while {RATE:.0f} comments a second are posted to it "
        f"for {SECONDS:.0f} s; no proxy before the service."
    )
    rows = [
        Row("questions of the pages", "/s", [watching.asked / (OPENING + SECONDS + 5)]),
        Row("POST, p95", "ms", [posted.quantile(0.95)]),
        Row("submission until a page knows, p50", "s", [p50]),
        Row("submission until a page knows, p95", "s", [p95], goal=Goal(2)),
    ]
    return heading, rows
