"""The pipeline's times, which must agree, all derived from TASK_SECONDS and SWEEP_EVERY."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

# Seconds for which a process does not use a broker that has just failed, neither to notify the
# workers nor to count for the throttles.
BROKER_PAUSE = 5.0


@dataclass(frozen=True)
class PipelineTiming:
    """How long each step may take, so that no comment waits for a dead worker or is done twice.

    | name | default | what happens then, and how it relates to the other times |
    | --- | --- | --- |
    | `soft_limit` | 20 s | the task is asked to stop: it releases what it has claimed |
    | `new_batches` | 10 s | the task claims no further batch and leaves the rest to the next one |
    | `slow_judge` | 5 s | a slow judge is asked about no further comment of the batch |
    | `hard_limit` | 30 s | `TASK_SECONDS`: the task's process is killed |
    | `claim` | 30 s | a batch's claim ends; its worker was killed at the hard limit |
    | `retry_waits` | 1, 2, 4 s | a comment that could not be scored is retried after each |
    | `claim_of_unscored` | 60 s | such a comment's claim ends; longer than its retries and a task |
    | `visibility` | 60 s | the broker redelivers a task; longer than a live worker can hold it |
    | `rescued_after` | 60 s | if a sweep decides it only now, it was lost; a claim has ended |
    | `hold_unscored_after` | 1 h | a comment that cannot be scored is held; after all claims |
    | `sweep_every` | 30 s | `SWEEP_EVERY`: a sweep finds lost comments |
    | `worker_silent` | 150 s | with no sweep, no worker is running; two or more were missed |
    | `worker_missing` | 10 min | a worker that ran no sweep of at least 20 is dead or hung |
    | `worker_forgotten` | 1 day | the doctor no longer names a missing worker |
    | `notify_every` | 0.5 s | the workers get one message for all comments of this interval |

    A comment may kill the process that scores it, and so its batch, by using up the memory or by a
    crash in native code. After `claims_together` claims that ended like this it is scored alone,
    and after `claims` it is held unscored.
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
    def new_batches(self) -> dt.timedelta:
        return dt.timedelta(seconds=self.soft_limit / 2)

    @property
    def slow_judge(self) -> float:
        """Return a time that leaves one for the rest of a batch begun after `new_batches`."""
        return self.soft_limit / 4

    @property
    def hard_limit(self) -> int:
        return self.task_seconds

    @property
    def claim(self) -> dt.timedelta:
        return dt.timedelta(seconds=self.hard_limit)

    @property
    def claim_of_unscored(self) -> dt.timedelta:
        """Return the shortest that is safe: if the broker loses the retries, the comment waits."""
        return self.claim + max(self.claim, dt.timedelta(seconds=sum(self.retry_waits)))

    @property
    def visibility(self) -> int:
        return 2 * self.hard_limit

    @property
    def rescued_after(self) -> dt.timedelta:
        return 2 * self.claim

    @property
    def hold_unscored_after(self) -> dt.timedelta:
        return max(dt.timedelta(hours=1), 2 * self.claims * self.claim_of_unscored)

    @property
    def sweep_every(self) -> int:
        return self.sweep_seconds

    @property
    def worker_silent(self) -> dt.timedelta:
        return dt.timedelta(seconds=max(150, 2.5 * self.sweep_every))

    @property
    def worker_missing(self) -> dt.timedelta:
        """Return a long time: any worker may take a sweep, so some get none for several rounds."""
        return dt.timedelta(seconds=max(600, 20 * self.sweep_every))

    @property
    def worker_forgotten(self) -> dt.timedelta:
        return max(dt.timedelta(days=1), 2 * self.worker_missing)


def timing() -> PipelineTiming:
    """Return the times that follow from the current settings."""
    return PipelineTiming(settings.TASK_SECONDS, settings.SWEEP_EVERY)
