"""What gunicorn is told besides its command line: `gunicorn -c python:config.gunicorn`."""

import gc
import random
from importlib import import_module
from typing import Any

from django.utils.translation import gettext, override

from config.settings import LANGUAGES, LOGGING, ROOT_URLCONF

logconfig_dict = LOGGING
worker_class = "config.gunicorn_worker.Worker"
# Of one process, those that wait included: well below the 1024 files that a system lets it open.
worker_connections = 500

# One request in so many is the last of its connection.
KEPT_REQUESTS = 50


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


def pre_request(worker: Any, request: Any) -> None:
    """Ends a kept connection now and then.

    It belongs to the worker that took it, however busy that one is; the next is taken by whichever
    is free first.
    """
    if random.randrange(KEPT_REQUESTS) == 0:  # noqa: S311
        request.force_close()
