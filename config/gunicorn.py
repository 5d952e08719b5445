"""What gunicorn is told besides its command line: `gunicorn -c python:config.gunicorn`."""

import random
from typing import Any

from config.settings import LOGGING

logconfig_dict = LOGGING

# One request in so many is the last of its connection.
KEPT_REQUESTS = 50


def pre_request(worker: Any, request: Any) -> None:
    """Ends a kept connection now and then.

    It belongs to the worker that took it, however busy that one is; the next is taken by whichever
    is free first.
    """
    if random.randrange(KEPT_REQUESTS) == 0:  # noqa: S311
        request.force_close()
