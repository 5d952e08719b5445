"""The pipeline's times, which must agree, all derived from TASK_SECONDS and SWEEP_EVERY."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

# Seconds for which a process leaves a broker alone that has just failed: its notifier, and its
# counters.
BROKER_PAUSE = 5.0


@dataclass(frozen=True)
class PipelineTiming:
    """How long each step may take, so that nothing waits for the dead and nothing is done twice.

    | name | default | what it is, and what it must agree with |
    | --- | --- | --- |
    | `soft_limit` | 20 s | the task is asked to end: it puts back what it has in hand |
    | `hard_limit` | 30 s | `TASK_SECONDS`: the process of the task is ended |
    | `claim` | 30 s | a batch belongs to who claimed it; after the hard limit that one is dead |
    | `retry_waits` | 1, 2, 4 s | before each retry of a comment that could not be scored |
    | `claim_of_unscored` | 60 s | a comment is left to its retries; longer than these and a task |
    | `visibility` | 60 s | the broker gives a task to another; longer than any live one holds it |
    | `late` | 60 s | what a sweep decides after this had been lost: a claim and its end are over |
    | `given_up` | 1 h | what could not be scored is held; after all claims, of either kind |
    | `sweep_every` | 30 s | `SWEEP_EVERY`: a sweep finds what was lost |
    | `worker_silent` | 150 s | without a sweep for so long no worker is there: two were missed |
    | `worker_missing` | 10 min | one of several had none of dozens of sweeps: gone, or it hangs |
    | `worker_forgotten` | 1 day | after so long the doctor no longer names it |
    | `notify_every` | 0.5 s | between two messages to the workers; what comes meanwhile is one |

    A comment may end the process that scores it, by memory or by a fault below Python, and its
    batch with it: after `claims_together` claims from which nobody came back it is scored alone,
    after `claims` by no one.
    """

    task_seconds: int
    sweep_seconds: int
    retry_waits: tuple[int, ...] = (1, 2, 4)
    claims_together: int = 2
    claims: int = 4
    notify_every: float = 0.5

    @property
    def soft_limit(self) -> float:
        return self.task_seconds * 2 / 3

    @property
    def hard_limit(self) -> int:
        return self.task_seconds

    @property
    def claim(self) -> dt.timedelta:
        return dt.timedelta(seconds=self.hard_limit)

    @property
    def claim_of_unscored(self) -> dt.timedelta:
        """Not much longer: where a broker loses the retries, they wait until it ends."""
        return self.claim + max(self.claim, dt.timedelta(seconds=sum(self.retry_waits)))

    @property
    def visibility(self) -> int:
        return 2 * self.hard_limit

    @property
    def late(self) -> dt.timedelta:
        return 2 * self.claim

    @property
    def given_up(self) -> dt.timedelta:
        return max(dt.timedelta(hours=1), 2 * self.claims * self.claim_of_unscored)

    @property
    def sweep_every(self) -> int:
        return self.sweep_seconds

    @property
    def worker_silent(self) -> dt.timedelta:
        return dt.timedelta(seconds=max(150, 2.5 * self.sweep_every))

    @property
    def worker_missing(self) -> dt.timedelta:
        """Long, because any worker takes a sweep: one of several goes without for some rounds."""
        return dt.timedelta(seconds=max(600, 20 * self.sweep_every))

    @property
    def worker_forgotten(self) -> dt.timedelta:
        return max(dt.timedelta(days=1), 2 * self.worker_missing)


def timing() -> PipelineTiming:
    """The times by the settings that are in force."""
    return PipelineTiming(settings.TASK_SECONDS, settings.SWEEP_EVERY)
