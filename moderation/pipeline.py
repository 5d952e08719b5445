"""Claim pending comments in batches, score and decide them; nothing is lost or stuck."""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from comments.models import Comment
from config import metrics
from config.pipeline_timing import timing
from moderation import model_registry
from moderation.campaigns import senders
from moderation.model_registry import ScorerError
from moderation.models import Decision, Heartbeat
from moderation.services import hold_unscored, moderate_all

logger = logging.getLogger(__name__)

BATCH = 100
# This many batches take a second or two, far less than a task's time limit.
BATCHES = 10
TIMES = timing()


@dataclass
class Finished:
    """What was decided, which comments could not be scored, and whether more may wait."""

    decided: list[Decision] = field(default_factory=list)
    unscored: list[Comment] = field(default_factory=list)
    more: bool = True


def moderate_waiting() -> Finished:
    """Score and decide pending comments in batches, oldest first.

    Each batch is claimed, so several workers can run this at once. Comments that cannot be scored
    stay pending, for the caller to try one by one. At the soft time limit it returns what is done.
    """
    finished, started = Finished(), timezone.now()
    for number in range(BATCHES):
        if number and timezone.now() - started > TIMES.new_batches:
            break
        # Later comments send their own notification; claiming them now would give tiny batches.
        batch = claim(until=started if number else None)
        if not batch:
            finished.more = False
            break
        try:
            finished.decided += _decide(batch)
        except SoftTimeLimitExceeded:
            _put_back(batch)
            break
        except Exception as error:
            _set_aside(batch, error)
            finished.unscored += batch
    return finished


def claim(*, until: dt.datetime | None = None) -> list[Comment]:
    """Claim the oldest unclaimed pending comments, with `until` only those created by then.

    A comment that may have killed the processes that claimed it before is claimed alone.
    """
    now = timezone.now()
    with transaction.atomic():
        waiting = Comment.objects.unclaimed(now, TIMES.claim_of_unscored).select_for_update(
            skip_locked=True
        )
        if until:
            waiting = waiting.filter(created_at__lte=until)
        batch = _batchable(list(waiting[:BATCH]))
        if batch:
            ids = [comment.pk for comment in batch]
            claimed = Comment.objects.filter(pk__in=ids)
            claimed.update(claimed_until=now + TIMES.claim, claims=F("claims") + 1)
    return batch


def _batchable(waiting: list[Comment]) -> list[Comment]:
    if waiting and waiting[0].claims >= TIMES.claims_together:
        return waiting[:1]
    return [comment for comment in waiting if comment.claims < TIMES.claims_together]


def _decide(batch: Sequence[Comment]) -> list[Decision]:
    return moderate_all(comments=batch) if batch[0].claims < TIMES.claims else _give_up(batch)


def _put_back(batch: Iterable[Comment]) -> None:
    """Release the claim at once for the next task.

    The claim still counts, so a comment that hangs every worker is soon tried alone, then held.
    """
    ids = [comment.pk for comment in batch]
    logger.error("comments %s were not scored within TASK_SECONDS: left to the next task", ids)
    Comment.objects.filter(pk__in=ids).update(claimed_until=None)


def _set_aside(batch: Iterable[Comment], error: Exception) -> None:
    """Leave the comments to be tried one by one. A claim that ended normally does not count."""
    # Log only the type of the error: its message may contain a text.
    ids = [comment.pk for comment in batch]
    logger.error("comments %s could not be scored: %s", ids, type(error).__name__)
    until = timezone.now() + TIMES.claim_of_unscored
    Comment.objects.filter(pk__in=ids).update(claimed_until=until, claims=0)


def _give_up(comments: Iterable[Comment]) -> list[Decision]:
    """Hold comments that killed every worker that tried to score them."""
    ids = [comment.pk for comment in comments]
    logger.error("comments %s were not scored by any of %s workers: held", ids, TIMES.claims)
    held = [hold_unscored(comment_id=pk) for pk in ids]
    return [decision for decision in held if decision]


def sweep(worker: str = "") -> Finished:
    """Decide everything left pending: the database is the queue, not the broker.

    Holds comments that could not be scored for an hour. Records the heartbeat that /readyz checks.
    """
    finished = moderate_waiting()
    overdue = timezone.now() - TIMES.hold_unscored_after
    for comment in [each for each in finished.unscored if each.sent_at <= overdue]:
        finished.unscored.remove(comment)
        if held := hold_unscored(comment_id=comment.pk):
            finished.decided.append(held)
    for decision in finished.decided:
        if decision.comment.sent_at <= decision.created_at - TIMES.rescued_after:
            metrics.count_rescued(outcome=decision.outcome)
    senders.delete_expired()
    _record_heartbeat(worker)
    return finished


def _record_heartbeat(worker: str) -> None:
    """Record for /readyz that this worker has finished a sweep, and with which model."""
    try:
        version = model_registry.for_site().version
    except ScorerError:
        version = ""
    seen = {"seen_at": timezone.now(), "model_version": version}
    Heartbeat.objects.update_or_create(worker=worker, defaults=seen)
    Heartbeat.objects.filter(seen_at__lt=timezone.now() - TIMES.worker_forgotten).delete()
