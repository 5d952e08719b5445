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
# Each process touches a file there every second: in memory, where there is a place for that.
worker_tmp_dir = MEMORY if os.access(MEMORY, os.W_OK) else None
# Of one process, those that wait included: well below the 1024 files that a system lets it open.
worker_connections = 500


def when_ready(server: Any) -> None:
    """With --preload the workers share what is loaded before they fork, if no collection of
    garbage writes into it.
    """
    if server.cfg.preload_app:
        import_module(ROOT_URLCONF)
        for language, _ in LANGUAGES:
            with override(language):
                gettext("Comments")
        import_module("config.operations.health").known_migrations()
        gc.collect()
        gc.freeze()
