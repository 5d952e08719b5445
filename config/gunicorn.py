"""gunicorn's configuration: `gunicorn -c python:config.gunicorn`."""

import gc
import os
from importlib import import_module
from typing import Any

from django.utils.translation import gettext, override

from config.prepare import prepare
from config.settings import LANGUAGES, LOGGING, ROOT_URLCONF

prepare()
MEMORY = "/dev/shm"  # noqa: S108

logconfig_dict = LOGGING
worker_class = "config.gunicorn_worker.Worker"
# Each process touches a file there every second, so keep it in memory if possible.
worker_tmp_dir = MEMORY if os.access(MEMORY, os.W_OK) else None
# Per process, including waiting connections: well below the usual limit of 1024 open files.
worker_connections = 500
# A request for the counts of many articles names all their keys: as long as nginx takes it.
limit_request_line = 8190
# What requests of a worker leave behind for good: connections, compiled templates, the model. After
# so many of them nearly all of it is there.
WARM = 100
# With Python's own thresholds every tenth page of the desk waits until all objects were looked
# through, which takes as long as the page.
COLLECT_AFTER = (10_000, 20, 20)


def post_worker_init(worker: Any) -> None:
    gc.set_threshold(*COLLECT_AFTER)


def post_request(worker: Any, request: Any, environ: Any, response: Any) -> None:
    """Leave out of garbage collection what a warm worker has; `nr` counts its requests."""
    if worker.nr == WARM:
        gc.collect()
        gc.freeze()


def when_ready(server: Any) -> None:
    """With --preload, load what the workers share; freeze it, or garbage collection copies it."""
    if server.cfg.preload_app:
        import_module(ROOT_URLCONF)
        for language, _ in LANGUAGES:
            with override(language):
                gettext("Comments")
        import_module("config.operations.health").known_migrations()
        gc.collect()
        gc.freeze()
