"""What happens, counted for Prometheus: one function an event, safe to call from any process.

Each process writes a file of its own under METRICS_DIR; scrape.py adds them up. Counting never
fails its caller: a number that is lost is worth less than the comment that it was to count.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from pathlib import Path
from typing import ParamSpec

from prometheus_client import Counter, Histogram

P = ParamSpec("P")
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# What prometheus_client maps of each file; all our names and labels take a quarter of it.
FILE_SIZE = 64 * 1024

# All have labels: one without would make its file in every command that imports this.
ACCEPTED = Counter(
    "comments_accepted", "Comments stored and acknowledged.", ["kind"], registry=None
)
DECIDED = Counter(
    "comments_decided", "Decisions recorded.", ["outcome", "reason", "by"], registry=None
)
RESCUED = Counter(
    "comments_rescued", "Comments that the sweep decided.", ["outcome"], registry=None
)
SIGN_INS = Counter(
    "comments_sign_ins",
    "Passwords tried at the desk, by what came of it.",
    ["result"],
    registry=None,
)
THROTTLED = Counter("comments_throttled", "Requests refused by a limit.", ["limit"], registry=None)
SCORING = Histogram(
    "comments_scoring_seconds",
    "Time that the classifier took for one comment.",
    ["result"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
    registry=None,
)
_reserved: set[int] = set()


def _never_fails(count: Callable[P, None]) -> Callable[P, None]:
    @wraps(count)
    def counted(*args: P.args, **kwargs: P.kwargs) -> None:
        with suppress(OSError, ValueError):
            _reserve()
            count(*args, **kwargs)

    return counted


@_never_fails
def count_accepted(*, reply: bool) -> None:
    ACCEPTED.labels("reply" if reply else "comment").inc()


@_never_fails
def count_decided(*, outcome: str, reason: str, by_person: bool) -> None:
    DECIDED.labels(outcome, reason, "moderator" if by_person else "policy").inc()


@_never_fails
def count_rescued(*, outcome: str) -> None:
    RESCUED.labels(outcome).inc()


@_never_fails
def count_throttled(limit: str) -> None:
    """One request refused; `limit` is the name of the limit, one of a few, never a reader's."""
    THROTTLED.labels(limit).inc()


@_never_fails
def count_sign_in(result: str) -> None:
    """One password tried: `right`, `wrong`, or `refused` unread while the door was shut."""
    SIGN_INS.labels(result).inc()


@contextmanager
def scoring(comments: int) -> Iterator[None]:
    """Times what is done within, a share for each comment, apart by whether it failed."""
    begun = time.perf_counter()
    try:
        yield
    except Exception:
        _observe("failed", comments, time.perf_counter() - begun)
        raise
    _observe("scored", comments, time.perf_counter() - begun)


@_never_fails
def _observe(result: str, comments: int, seconds: float) -> None:
    histogram = SCORING.labels(result)
    for _ in range(comments):
        histogram.observe(seconds / comments)


def _reserve() -> None:
    """Real blocks for this process's files: writing to a mapped file on a full disk would kill it.

    Raises OSError where there is no room, and leaves nothing behind.
    """
    process = os.getpid()
    if process in _reserved:
        return
    for kind in ("counter", "histogram"):
        path = Path(os.environ[FOLDER]) / f"{kind}_{process}.db"
        if not path.exists():
            try:
                path.write_bytes(bytes(FILE_SIZE))
            except OSError:
                path.unlink(missing_ok=True)
                raise
    _reserved.add(process)


def forget() -> None:
    """Removes what earlier processes counted; only while none of them runs."""
    for path in Path(os.environ[FOLDER]).glob("*.db"):
        path.unlink(missing_ok=True)
