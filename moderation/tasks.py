"""Celery's side: take an id, call the service, own the retry."""

import datetime as dt
import logging
import time
from typing import Any

from celery import Task, shared_task
from celery.signals import worker_init, worker_ready

from moderation import services

RETRIES = 3
# Seconds in which a broker that has just failed is not asked again: each asking may take a reader
# half a second, and many readers at once would wait for one another.
BROKER_REST = 5.0

logger = logging.getLogger(__name__)


class BrokerRest:
    """Whether this process leaves the broker alone for now.

    After a failure one asking in five seconds finds out whether it is back. Threads share it
    without a lock: a race costs one asking more.
    """

    def __init__(self) -> None:
        self.until: float | None = None

    def allows(self) -> bool:
        if self.until is None:
            return True
        if time.monotonic() < self.until:
            return False
        self.begin()
        return True

    def begin(self) -> None:
        self.until = time.monotonic() + BROKER_REST

    def end(self) -> None:
        self.until = None


broker_rest = BrokerRest()


def ask_for_moderation(comment_id: int) -> None:
    """Tells a worker of a committed row. Without a broker that is only logged: the row waits."""
    if not broker_rest.allows():
        return
    try:
        moderate_comment.delay(comment_id)
    except moderate_comment.OperationalError as error:
        broker_rest.begin()
        logger.warning("comment %s waits for the sweep: broker out (%s)", comment_id, error)
    else:
        broker_rest.end()


@shared_task(bind=True, max_retries=RETRIES)
def moderate_comment(self: Task, comment_id: int) -> None:
    try:
        services.moderate(comment_id=comment_id)
    except services.ScorerError as error:
        if self.request.retries < RETRIES:
            raise self.retry(exc=error, countdown=2**self.request.retries) from error
        services.hold_unscored(comment_id=comment_id)


@shared_task
def sweep(older_than: float | None = None) -> None:
    age = services.OVERDUE if older_than is None else dt.timedelta(seconds=older_than)
    if services.sweep(older_than=age) == services.SWEEP_LIMIT:
        sweep.delay(older_than)


@worker_init.connect
def load_before_forking(**_: Any) -> None:
    """Children share the parent's copy of the weights; a broken model is the first thing said."""
    try:
        services.classifier()
    except services.ScorerError:
        services.logger.exception(
            "the model cannot be loaded: comments will be held; see MODEL_DIR"
        )


@worker_ready.connect
def finish_what_waits(**_: Any) -> None:
    """What was left pending while no worker ran is not made to wait for the next minute."""
    sweep.delay(older_than=0)
