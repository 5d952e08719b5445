"""An id for each request, from the proxy or generated; a comment keeps it until it is decided."""

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from celery.signals import task_postrun, task_prerun
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

HEADER = "X-Request-ID"
# No dot and no @, so that it cannot be an e-mail or a network address.
WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")
# Requested every few seconds, so logged at DEBUG only.
PROBES = {"/healthz", "/readyz", "/metrics"}
# Open pages request this every few seconds, so an answer is logged at DEBUG only, unless it failed.
POLLED = "/comments/live/"
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

access = logging.getLogger("access")
request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id_middleware(get_response: Handler) -> Handler:
    """Give each request an id, return it in the answer and log one line."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        token = request_id.set(given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex)
        started = time.perf_counter()
        try:
            response = get_response(request)
            _log(request, response.status_code, time.perf_counter() - started)
            response[HEADER] = request_id.get()
            return response
        finally:
            request_id.reset(token)

    return middleware


def _log(request: HttpRequest, status: int, seconds: float) -> None:
    polled = request.path.endswith(POLLED) and status < 400
    level = logging.DEBUG if polled or request.path in PROBES else logging.INFO
    access.log(
        level,
        "%s %s %s",
        request.method if request.method in METHODS else "?",
        # config.logs masks tokens and other unknown parts of the path.
        request.path,
        status,
        extra={"fields": {"ms": round(seconds * 1000, 1)}},
    )


@task_prerun.connect
def set_task_id(task_id: str, **_: Any) -> None:
    """Log a task under its own id; each comment stores the id of its request."""
    request_id.set(task_id)


@task_postrun.connect
def clear_task_id(**_: Any) -> None:
    request_id.set("")
