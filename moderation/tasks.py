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
from moderation import model_registry, pipeline, services
from moderation.accounts import lockout
from moderation.model_registry import ScorerError
from moderation.notifier import Bell

TIMES = timing()

logger = logging.getLogger(__name__)


def _call_a_worker() -> bool:
    try:
        moderate_waiting.delay()
    except Exception as error:
        # Whatever the way to the broker throws, the rows wait, and the sweep is there as well.
        logger.warning("comments wait for a worker: broker out (%s)", error)
        return False
    return True


bell = Bell(_call_a_worker, rest=TIMES.notify_every, rest_unheard=BROKER_PAUSE)


def ask_for_moderation() -> None:
    """Tells the workers, soon, that a committed row waits; never waits for the broker itself."""
    bell.ring()


@shared_task
def moderate_waiting() -> None:
    finished = pipeline.moderate_waiting()
    _try_one_by_one(finished.unscored)
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
    _try_one_by_one(finished.unscored)
    if finished.more:
        sweep.delay()


@shared_task
def forget_sign_ins() -> None:
    """What is kept of signing in for a time only: failures that count no more, ended sessions."""
    lockout.forget_old_failures()
    SessionStore.clear_expired()


def _try_one_by_one(comments: Iterable[Comment]) -> None:
    for comment in comments:
        moderate_comment.delay(comment.pk)


@worker_init.connect
def load_before_forking(**_: Any) -> None:
    """Children share the parent's copy of the weights; a broken model is the first thing said."""
    try:
        model_registry.for_site()
    except ScorerError:
        logger.exception("the model cannot be loaded: comments will be held; see MODEL_DIR")
    # Or each child's first collection of garbage would write into what they share.
    gc.collect()
    gc.freeze()
