"""The Celery app; a closed or hung broker delays a reader by half a second at most."""

import os
import sys
from importlib import import_module
from logging.config import dictConfig
from typing import Any

from celery import Celery
from celery.signals import setup_logging
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import kombu_transport
from config.pipeline_timing import timing
from config.schedule import Timetable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

BROKER = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "max_retries": 0}

kombu_transport.register()
app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    # The row is the queue: a publish that fails is given up at once, and the sweep finishes it.
    task_publish_retry=False,
    broker_connection_retry_on_startup=True,
    # A broker whose disk is full answers with an error; a worker waits for its end, as for one
    # that is closed, and does not die of it again and again.
    broker_channel_error_retry=True,
    # For as long as it takes: Celery would give up after a hundred tries, within the hour.
    broker_connection_max_retries=None,
)
app.autodiscover_tasks()
app.steps["consumer"].add(Timetable)


@app.on_configure.connect
def settings_or_a_sentence(**_: Any) -> None:
    """A wrong setting ends the worker with what manage.py would say, not with a traceback."""
    try:
        import_module("config.prepare").prepare()
        str(settings.SECRET_KEY)
    except ImproperlyConfigured as error:
        sys.exit(f"Wrong setting. {error}")


@setup_logging.connect
def log_as_the_web_does(**_: Any) -> None:
    """Being connected keeps Celery from a format and a level of its own."""
    dictConfig(settings.LOGGING)


@app.on_after_configure.connect
def apply_settings(sender: Celery, **_: Any) -> None:
    """What the operator may set. Not above, where the settings are still being read."""
    times = timing()
    sender.conf.update(
        task_soft_time_limit=times.soft_limit,
        task_time_limit=times.hard_limit,
        broker_transport_options={**BROKER, "visibility_timeout": times.visibility},
    )
