"""The periodic tasks, which each worker requests from its own timer, so that no beat is needed."""

import logging
from typing import Any

from celery import bootsteps

from config.pipeline_timing import timing

HOUR = 3600
FIVE_MINUTES = 300
FIVE_SECONDS = 5

logger = logging.getLogger(__name__)


def schedule() -> dict[str, int]:
    """Return the interval of each task in seconds, by its name."""
    return {
        "moderation.tasks.sweep": timing().sweep_every,
        "moderation.tasks.delete_old_sign_ins": FIVE_MINUTES,
        "moderation.tasks.keep_days": FIVE_MINUTES,
        "moderation.delivery.tasks.deliver": FIVE_SECONDS,
        "moderation.tasks.count_outcomes": HOUR,
        # The first run of a day does the work, the others nothing.
        "config.operations.tasks.drop_contacts": HOUR,
        "config.operations.tasks.drop_texts": HOUR,
        "config.operations.tasks.drop_events": HOUR,
    }


class PeriodicTasks(bootsteps.StartStopStep):  # type: ignore[misc]
    """Requests the tasks from the worker's timer while it is connected to the broker.

    Requests each of them at once after connecting, since some may be overdue.

    https://docs.celeryq.dev/en/stable/userguide/extending.html
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **_: Any) -> None:
        super().__init__(consumer)
        self._entries: list[Any] = []

    def start(self, consumer: Any) -> None:
        for task, seconds in schedule().items():
            _request(consumer.app, task)
            entry = consumer.timer.call_repeatedly(seconds, _request, (consumer.app, task))
            self._entries.append(entry)

    def stop(self, consumer: Any) -> None:
        while self._entries:
            consumer.timer.cancel(self._entries.pop())


def _request(app: Any, task: str) -> None:
    try:
        app.send_task(task)
    except Exception as error:
        # The worker notices the lost connection itself and starts this step again.
        logger.warning("%s not requested: broker unavailable (%s)", task, type(error).__name__)
