"""The Celery app; an unavailable broker delays a request by half a second at most."""

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
from config.schedule import PeriodicTasks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

BROKER = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "max_retries": 0}

kombu_transport.register()
app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    # Do not retry: the database row is the queue, and the sweep finds what was not published.
    task_publish_retry=False,
    broker_connection_retry_on_startup=True,
    # A broker with a full disk answers with errors; let the worker wait, as for a closed one,
    # instead of exiting.
    broker_channel_error_retry=True,
    # No limit: by default Celery gives up after a hundred tries, within the hour.
    broker_connection_max_retries=None,
)
app.autodiscover_tasks()
app.steps["consumer"].add(PeriodicTasks)


@app.on_configure.connect
def exit_on_wrong_settings(**_: Any) -> None:
    """Exit with one sentence about a wrong setting, as manage.py does."""
    try:
        import_module("config.prepare").prepare()
        str(settings.SECRET_KEY)
    except ImproperlyConfigured as error:
        sys.exit(f"Wrong setting. {error}")


@setup_logging.connect
def configure_logging(**_: Any) -> None:
    """Use LOGGING. A receiver of this signal keeps Celery from configuring logging itself."""
    dictConfig(settings.LOGGING)


@app.on_after_configure.connect
def apply_settings(sender: Celery, **_: Any) -> None:
    """Apply the time limits; the settings are not complete before this signal."""
    times = timing()
    sender.conf.update(
        task_soft_time_limit=times.soft_limit,
        task_time_limit=times.hard_limit,
        broker_transport_options={**BROKER, "visibility_timeout": times.visibility},
    )
