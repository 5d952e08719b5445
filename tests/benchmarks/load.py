"""A small HTTP/1.1 client for load on loopback: keep-alive, concurrent, each request timed.

It takes a tenth of a millisecond per request, so that the figures are the servers' own.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# Takes a number and returns a complete request.
Requests = Callable[[int], bytes]
HEAD_END = b"\r\n\r\n"


@dataclass
class Load:
    """The result of a load: answers by status, and the time of each in milliseconds."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Return successful answers per second."""
        return sum(n for status, n in self.statuses.items() if status < 400) / self.seconds

    def quantile(self, share: float) -> float:
        """Return the given quantile of the times."""
        times = sorted(self.times)
        return times[min(len(times) - 1, int(len(times) * share))]


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """Return a request as sent; `_` in a header's name stands for `-`."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "Accept: */*"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + HEAD_END + body


@dataclass(frozen=True)
class Pace:
    """How a load is sent: by how many clients, how long, and how fast.

    It ends after this many seconds or requests, whichever comes first; without a rate each client
    sends its next request as soon as it has its answer.
    """

    clients: int
    seconds: float = 60.0
    count: int | None = None
    rate: float | None = None

    def numbers(self, begun: float) -> Iterator[tuple[int, float]]:
        """Yield the numbers of the requests, each with the time at which it is due."""
        number = 0
        while (now := time.perf_counter() - begun) < self.seconds and number != self.count:
            due = number / self.rate if self.rate else now
            if due >= self.seconds:
                return
            yield number, begun + due
            number += 1


def load(port: int, requests: Requests, pace: Pace) -> Load:
    """Send requests at a pace, and return the result."""
    return asyncio.run(_load(port, requests, pace))


async def _load(port: int, requests: Requests, pace: Pace) -> Load:
    found, begun = Load(), time.perf_counter()
    numbers = pace.numbers(begun)
    await asyncio.gather(*(_client(port, requests, numbers, found) for _ in range(pace.clients)))
    found.seconds = time.perf_counter() - begun
    return found


async def _client(
    port: int, requests: Requests, numbers: Iterator[tuple[int, float]], found: Load
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    for number, due in numbers:
        await asyncio.sleep(max(0, due - time.perf_counter()))
        begun = time.perf_counter()
        writer.write(requests(number))
        status, kept = await _answer(reader)
        found.times.append((time.perf_counter() - begun) * 1000)
        found.statuses[status] += 1
        if not kept:
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read one answer whole; return its status and whether the connection may be used again."""
    head = (await reader.readuntil(HEAD_END)).lower()
    length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
    if length and head[9:12] not in {b"204", b"304"}:
        await reader.readexactly(int(length))
    return int(head[9:12]), b"connection: close" not in head
