"""One id per request, from the proxy or generated; a comment keeps it up to its decision."""

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
# No dot and no @: nothing that could be an address.
WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")
# Asked every few seconds by machines: no news.
PROBES = {"/healthz", "/readyz", "/metrics"}
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

access = logging.getLogger("access")
request_id: ContextVar[str] = ContextVar("request_id", default="")


def traced(get_response: Handler) -> Handler:
    """Middleware: gives the request its id, answers with it, and logs one line about it."""

    def answer(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        token = request_id.set(given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex)
        begun = time.perf_counter()
        try:
            response = get_response(request)
            _log(request, response.status_code, time.perf_counter() - begun)
            response[HEADER] = request_id.get()
            return response
        finally:
            request_id.reset(token)

    return answer


def _log(request: HttpRequest, status: int, seconds: float) -> None:
    level = logging.DEBUG if request.path in PROBES else logging.INFO
    access.log(
        level,
        "%s %s %s",
        request.method if request.method in METHODS else "?",
        # A token in it opens something: config.logs leaves it out, as all that is not ours.
        request.path,
        status,
        extra={"fields": {"ms": round(seconds * 1000, 1)}},
    )


@task_prerun.connect
def take_over(task_id: str, **_: Any) -> None:
    """A task decides the comments of many requests: each of these keeps its own id in its row."""
    request_id.set(task_id)


@task_postrun.connect
def let_go(**_: Any) -> None:
    request_id.set("")
