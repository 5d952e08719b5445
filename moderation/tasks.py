"""Celery tasks: claim, call the service, retry."""

import gc
import logging
from collections.abc import Iterable
from typing import Any

from celery import Task, shared_task
from celery.signals import worker_init
from django.contrib.sessions.backends.db import SessionStore

from comments.models import Comment
from config.pipeline_timing import BROKER_PAUSE, timing
from moderation import bulk, chances, day_counts, model_registry, pipeline, scoring, services
from moderation.accounts import lockout
from moderation.model_registry import ScorerError
from moderation.notifier import Notifier

TIMES = timing()

logger = logging.getLogger(__name__)


def _request_worker() -> bool:
    try:
        moderate_waiting.delay()
    except Exception as error:
        # The comments stay pending; the notifier retries, and the sweep finds them in any case.
        logger.warning("no message to the workers: broker unavailable (%s)", error)
        return False
    return True


notifier = Notifier(_request_worker, interval=TIMES.notify_every, retry_interval=BROKER_PAUSE)


def request_moderation() -> None:
    """Notify the workers of a committed pending comment, without waiting for the broker."""
    notifier.notify()


@shared_task
def moderate_waiting() -> None:
    finished = pipeline.moderate_waiting()
    _moderate_one_by_one(finished.unscored)
    if finished.more:
        moderate_waiting.delay()


@shared_task(bind=True, max_retries=len(TIMES.retry_waits))
def moderate_comment(self: Task, comment_id: int) -> None:
    try:
        services.moderate(comment_id=comment_id)
    except ScorerError as error:
        waits = TIMES.retry_waits[self.request.retries :]
        if waits:
            raise self.retry(exc=error, countdown=waits[0]) from error
        services.hold_unscored(comment_id=comment_id)


@shared_task(bind=True)
def sweep(self: Task) -> None:
    finished = pipeline.sweep(self.request.hostname or "")
    _moderate_one_by_one(finished.unscored)
    if finished.more:
        sweep.delay()
    bulk.carry_on_abandoned()


@shared_task
def count_outcomes() -> None:
    """Count how often persons reject what the policy holds."""
    chances.count()


@shared_task
def delete_old_sign_ins() -> None:
    """Delete failed sign-ins that no longer count, and expired sessions."""
    lockout.delete_old_failures()
    SessionStore.clear_expired()


@shared_task
def keep_days() -> None:
    """Keep the dashboard's sums of the days that are over."""
    day_counts.keep_days()


def _moderate_one_by_one(comments: Iterable[Comment]) -> None:
    for comment in comments:
        moderate_comment.delay(comment.pk)


@worker_init.connect
def load_before_forking(**_: Any) -> None:
    """Load the model in the parent, so that its children share the memory and errors show early."""
    try:
        model = model_registry.for_site()
    except ScorerError:
        logger.exception("the model cannot be loaded: comments will be held; see MODEL_DIR")
    else:
        scoring.load_judges(model)
    # Otherwise each child's first garbage collection would copy the shared pages.
    gc.collect()
    gc.freeze()
