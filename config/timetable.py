"""What is done again and again. Each worker asks for it, so that nothing more has to be kept alive:
a sweep too many finds nothing left, and with the last worker there would be nobody to sweep.
"""

import logging
from typing import Any

from celery import bootsteps
from celery.schedules import BaseSchedule, crontab, schedule
from django.conf import settings

# At each start, and after each time without the broker: what has waited meanwhile waits no longer.
AT_ONCE = "moderation.tasks.sweep"

logger = logging.getLogger(__name__)


def timetable() -> dict[str, BaseSchedule]:
    """When each task is due, by its name."""
    return {
        "moderation.tasks.sweep": schedule(settings.SWEEP_EVERY),
        "comments.tasks.drop_contacts": crontab(hour="3", minute="17"),
    }


class Timetable(bootsteps.StartStopStep):  # type: ignore[misc]
    """Asks from the worker's own timer, while the worker has its broker.

    https://docs.celeryq.dev/en/stable/userguide/extending.html
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **_: Any) -> None:
        super().__init__(consumer)
        self._entries: dict[str, Any] = {}

    def start(self, consumer: Any) -> None:
        _ask(consumer.app, AT_ONCE)
        for task, due in timetable().items():
            self._wait(consumer, task, due)

    def stop(self, consumer: Any) -> None:
        while self._entries:
            self._entries.popitem()[1].cancel()

    def _wait(self, consumer: Any, task: str, due: BaseSchedule) -> None:
        seconds = due.remaining_estimate(due.now()).total_seconds()
        self._entries[task] = consumer.timer.call_after(seconds, self._come, (consumer, task, due))

    def _come(self, consumer: Any, task: str, due: BaseSchedule) -> None:
        self._wait(consumer, task, due)
        _ask(consumer.app, task)


def _ask(app: Any, task: str) -> None:
    try:
        app.send_task(task)
    except Exception as error:
        # Whatever the way to the broker throws: the worker finds it out as well, and starts anew.
        logger.warning("%s is not asked for: broker out (%s)", task, type(error).__name__)
