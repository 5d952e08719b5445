"""Prometheus counters: one function per event, safe to call from any process.

Each process writes files of its own under METRICS_DIR; config.operations.prometheus adds them up.
Counting never raises an error, since a comment matters more than its count.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import ParamSpec

from prometheus_client import Counter, Histogram

from config.prometheus_files import reserve

P = ParamSpec("P")

# All have labels: a metric without them would create its file in every command that imports this.
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
JUDGED = Counter(
    "comments_judged",
    "Comments that a further judge was asked about, by what came of it.",
    ["judge", "result"],
    registry=None,
)
WEBHOOKS = Counter(
    "comments_webhook_attempts",
    "Attempts to deliver a webhook message, by its state after it.",
    ["result"],
    registry=None,
)
MAILS = Counter(
    "comments_mail_attempts",
    "E-mails given to the mail server, by result.",
    ["result"],
    registry=None,
)
SCORING = Histogram(
    "comments_scoring_seconds",
    "Time that the classifier took for one comment.",
    ["result"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
    registry=None,
)


def _never_fails(count: Callable[P, None]) -> Callable[P, None]:
    @wraps(count)
    def counted(*args: P.args, **kwargs: P.kwargs) -> None:
        with suppress(OSError, ValueError):
            reserve()
            count(*args, **kwargs)

    return counted


@_never_fails
def count_accepted(*, reply: bool) -> None:
    ACCEPTED.labels("reply" if reply else "comment").inc()


@_never_fails
def count_decided(*, outcome: str, reason: str, by: str) -> None:
    """Count a decision; `by` is the kind of its actor, a value of moderation.actors.ActorKind."""
    DECIDED.labels(outcome, reason, by).inc()


@_never_fails
def count_rescued(*, outcome: str) -> None:
    RESCUED.labels(outcome).inc()


@_never_fails
def count_judged(*, judge: str, result: str, comments: int) -> None:
    """Count what a further judge was asked about: `scored`, `failed`, or `late`."""
    JUDGED.labels(judge, result).inc(comments)


@_never_fails
def count_throttled(limit: str) -> None:
    """Count a refused request; `limit` is the name of the limit, never anything from a reader."""
    THROTTLED.labels(limit).inc()


@_never_fails
def count_webhook(*, result: str) -> None:
    """Count an attempt: the message is now `delivered`, still `waiting`, or `failed` for good."""
    WEBHOOKS.labels(result).inc()


@_never_fails
def count_mail(*, result: str) -> None:
    """Count an attempt: `sent`, `later` (put off), `refused`, `unclear`; `failed`: none taken."""
    MAILS.labels(result).inc()


@_never_fails
def count_sign_in(result: str) -> None:
    """Count a password tried: `right`, `wrong`, or `refused` unchecked during a lockout."""
    SIGN_INS.labels(result).inc()


@contextmanager
def scoring(comments: int) -> Iterator[None]:
    """Time the block, per comment, with failures counted separately."""
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
