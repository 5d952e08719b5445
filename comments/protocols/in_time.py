"""Judge one text in a web process: by the second judge too, if it is done within a time limit.

The limit holds even if the machine is busy, because the second judge works in a thread of its own,
one text at a time. A text that it would probably not finish in time is not given to it.
"""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import lru_cache

from django.conf import settings

from config import metrics
from moderation.classifier import Ensemble
from moderation.model_registry import ScorerError
from moderation.policy.verdict import Policy, Submission
from moderation.scoring import load_judges
from moderation.services import Assessment
from moderation.services import assess as assess_all

# In characters: what the second judge reads of a text once, and of a longer one again in parts.
_READ_ONCE, _READ_WHOLE, _READ_IN_PARTS = 250, 700, 1000
# How much the latest text counts for the pace, and how much the pace is forgotten for each text
# that was not tried, so that one slow moment does not last.
_NEWS, _FORGOTTEN = 0.2, 0.97


class _Pace:
    """How long the second judge needs for a character, in seconds, of late."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def expected(self, size: int) -> float:
        return self._seconds * size

    def took(self, seconds: float, size: int) -> None:
        self._seconds += _NEWS * (seconds / size - self._seconds)

    def skipped(self) -> None:
        self._seconds *= _FORGOTTEN


_pace = _Pace()
_is_free = threading.Semaphore()


def assess(submission: Submission, *, model: Ensemble, policy: Policy) -> Assessment:
    """Return the assessment by all judges that are in time, at least by the fast one.

    A third judge is not asked. Raises ScorerError if the fast judge fails.
    """
    until = time.monotonic() + settings.CHECK_JUDGE_SECONDS
    quick = tuple(member for member in model.members if not member.is_slow)
    fast = _assess(submission, Ensemble(model.fast), policy)
    if not quick:
        return fast
    whole = _whole(submission, Ensemble(model.fast, quick, model.thresholds), policy, until)
    if whole is None:
        metrics.count_judged(judge=quick[0].judge.name, result="late", comments=1)
    return whole or fast


def _assess(submission: Submission, model: Ensemble, policy: Policy) -> Assessment:
    return assess_all([submission], model=model, policy=policy)[0]


def _whole(
    submission: Submission, model: Ensemble, policy: Policy, until: float
) -> Assessment | None:
    """Return the assessment by both judges, or None if that takes or would take too long."""
    size = _size(submission.scored_text)
    if _pace.expected(size) > until - time.monotonic():
        _pace.skipped()
        return None
    if not _is_free.acquire(timeout=max(0.0, until - time.monotonic())):
        return None
    job = _thread().submit(_timed, submission, model, policy)
    job.add_done_callback(_free)
    try:
        return job.result(max(0.0, until - time.monotonic()))
    except (TimeoutError, ScorerError):
        return None


def _timed(submission: Submission, model: Ensemble, policy: Policy) -> Assessment:
    load_judges(model)
    began = time.monotonic()
    found = _assess(submission, model, policy)
    _pace.took(time.monotonic() - began, _size(submission.scored_text))
    return found


def _free(_job: Future[Assessment]) -> None:
    _is_free.release()


def _size(text: str) -> int:
    """Return how many characters the second judge reads."""
    if len(text) <= _READ_ONCE:
        return max(1, len(text))
    return min(len(text), _READ_WHOLE) + min(len(text), _READ_IN_PARTS)


@lru_cache
def _thread() -> ThreadPoolExecutor:
    """Return the thread of this process, which begins with the first text."""
    return ThreadPoolExecutor(1, thread_name_prefix="second-judge")
