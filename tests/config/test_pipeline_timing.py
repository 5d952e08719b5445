"""The pipeline's times agree with each other for any settings."""

import datetime as dt
from typing import Any

import pytest
from celery import Celery

from config.celery import apply_settings
from config.pipeline_timing import PipelineTiming, timing
from config.schedule import schedule

SETTINGS = [(1, 1), (5, 2), (30, 30), (60, 600), (600, 3600)]


def seconds(number: float) -> dt.timedelta:
    return dt.timedelta(seconds=number)


@pytest.mark.parametrize(("task", "sweep"), SETTINGS)
def test_each_time_is_longer_than_what_it_waits_for(task: int, sweep: int) -> None:
    times = PipelineTiming(task, sweep)
    assert times.soft_limit < times.hard_limit
    # The worker that claimed a comment is dead before another may claim it.
    assert seconds(times.hard_limit) <= times.claim < times.claim_of_unscored
    # All retries have ended before a sweep claims the comment again.
    assert seconds(sum(times.retry_waits) + times.hard_limit) <= times.claim_of_unscored
    assert times.visibility > times.hard_limit
    # A comment that a live worker decides within its claim was not lost.
    assert times.rescued_after > times.claim
    assert times.hold_unscored_after > times.claims * times.claim_of_unscored
    assert times.worker_silent > 2 * seconds(times.sweep_every)
    assert times.worker_silent < times.worker_missing < times.worker_forgotten
    assert times.claims_together < times.claims
    assert times.notify_every < times.soft_limit


def test_default_times_match_the_table() -> None:
    times = PipelineTiming(30, 30)
    assert (times.soft_limit, times.hard_limit, times.visibility) == (20, 30, 60)
    assert (times.claim, times.claim_of_unscored, times.rescued_after) == (
        seconds(30),
        seconds(60),
        seconds(60),
    )
    assert (times.hold_unscored_after, times.worker_silent) == (seconds(3600), seconds(150))
    assert (times.worker_missing, times.worker_forgotten) == (seconds(600), seconds(86400))


def test_celery_and_its_timer_use_these_times(settings: Any) -> None:
    settings.TASK_SECONDS, settings.SWEEP_EVERY = 12, 7
    app = Celery("other", set_as_current=False)
    apply_settings(sender=app)
    times = timing()
    assert app.conf.task_soft_time_limit == times.soft_limit == 8
    assert app.conf.task_time_limit == times.hard_limit == 12
    assert app.conf.broker_transport_options["visibility_timeout"] == times.visibility == 24
    assert schedule()["moderation.tasks.sweep"] == times.sweep_every == 7
