"""The periodic tasks, which each worker requests from its own timer, so that no beat is needed."""

import logging
from typing import Any

from celery import bootsteps

from config.pipeline_timing import timing

HOUR = 3600
FIVE_MINUTES = 300

logger = logging.getLogger(__name__)


def timetable() -> dict[str, int]:
    """After how many seconds each task is asked for again, by its name."""
    return {
        "moderation.tasks.sweep": timing().sweep_every,
        "moderation.tasks.forget_sign_ins": FIVE_MINUTES,
        # Done once a day, by the first who is asked.
        "config.operations.tasks.drop_contacts": HOUR,
        "config.operations.tasks.drop_texts": HOUR,
        "config.operations.tasks.drop_events": HOUR,
    }


class Timetable(bootsteps.StartStopStep):  # type: ignore[misc]
    """Asks from the worker's own timer for as long as the worker has its broker, and at once when
    it gets it: what has waited meanwhile, for an hour or a night, waits no longer.

    https://docs.celeryq.dev/en/stable/userguide/extending.html
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **_: Any) -> None:
        super().__init__(consumer)
        self._entries: list[Any] = []

    def start(self, consumer: Any) -> None:
        for task, seconds in timetable().items():
            _ask(consumer.app, task)
            entry = consumer.timer.call_repeatedly(seconds, _ask, (consumer.app, task))
            self._entries.append(entry)

    def stop(self, consumer: Any) -> None:
        while self._entries:
            consumer.timer.cancel(self._entries.pop())


def _ask(app: Any, task: str) -> None:
    try:
        app.send_task(task)
    except Exception as error:
        # Whatever the way to the broker throws: the worker finds it out as well, and starts anew.
        logger.warning("%s is not asked for: broker out (%s)", task, type(error).__name__)
