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
