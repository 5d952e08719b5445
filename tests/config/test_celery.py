"""The broker's options for tasks that run long."""

from typing import Any

import pytest
from celery import Celery

from config.celery import app, apply_settings


@pytest.mark.parametrize("seconds", [30, 300])
def test_no_running_task_is_delivered_to_a_second_worker(seconds: int, settings: Any) -> None:
    settings.TASK_SECONDS = seconds
    other_app = Celery("other", set_as_current=False)
    apply_settings(sender=other_app)
    again_after = other_app.conf.broker_transport_options["visibility_timeout"]
    app.loader.import_default_modules()
    ours = [task for name, task in app.tasks.items() if not name.startswith("celery.")]
    assert len(ours) > 3
    for task in ours:
        assert not task.acks_late or (task.time_limit or seconds) < again_after, task.name
