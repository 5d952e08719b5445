"""The times of the pipeline agree, whatever the operator sets."""

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
    # Who claimed a comment is dead before another may have it.
    assert seconds(times.hard_limit) <= times.claim < times.claim_of_unscored
    # The retries are over, and the last of them has ended, before a sweep takes it up again.
    assert seconds(sum(times.retry_waits) + times.hard_limit) <= times.claim_of_unscored
    assert times.visibility > times.hard_limit
    # What a live worker decides within its claim was not lost.
    assert times.late > times.claim
    assert times.given_up > times.claims * times.claim_of_unscored
    assert times.worker_silent > 2 * seconds(times.sweep_every)
    assert times.worker_silent < times.worker_missing < times.worker_forgotten
    assert times.claims_together < times.claims
    assert times.notify_every < times.soft_limit


def test_unset_they_are_what_the_table_says() -> None:
    times = PipelineTiming(30, 30)
    assert (times.soft_limit, times.hard_limit, times.visibility) == (20, 30, 60)
    assert (times.claim, times.claim_of_unscored, times.late) == (
        seconds(30),
        seconds(60),
        seconds(60),
    )
    assert (times.given_up, times.worker_silent) == (seconds(3600), seconds(150))
    assert (times.worker_missing, times.worker_forgotten) == (seconds(600), seconds(86400))


def test_celery_and_its_timer_go_by_them(settings: Any) -> None:
    settings.TASK_SECONDS, settings.SWEEP_EVERY = 12, 7
    told = Celery("other", set_as_current=False)
    apply_settings(sender=told)
    times = timing()
    assert told.conf.task_soft_time_limit == times.soft_limit == 8
    assert told.conf.task_time_limit == times.hard_limit == 12
    assert told.conf.broker_transport_options["visibility_timeout"] == times.visibility == 24
    assert schedule()["moderation.tasks.sweep"] == times.sweep_every == 7
