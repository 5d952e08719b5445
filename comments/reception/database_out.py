"""Answer 503 while the database is out, and keep everything that the reader typed."""

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from comments.reception.middleware import Handler

# Closed, starting, locked for too long, or with its disk full.
DATABASE_OUT = (OperationalError, InterfaceError)
RETRY_AFTER = 30
# Only there: a password that was sent elsewhere is not written into a page.
SHOWN_AGAIN = "comments:article"

logger = logging.getLogger(__name__)


def log_outage(error: Exception) -> None:
    """One line, not a traceback a reader; only the kind of error, for its message may hold text."""
    cause = error.__cause__ or error
    kind = getattr(cause, "sqlite_errorname", type(cause).__name__)
    logger.error(
        "the database is unavailable (%s): see its own log, its disk and DATABASE_URL", kind
    )


class DatabaseOut:
    """Middleware: a page that needs no database. What REST says instead is in problems."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DATABASE_OUT):
            return None
        log_outage(error)
        # Without the request, whose context processors would ask the database.
        page = render_to_string("503.html", _sent_again(request))
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def _sent_again(request: HttpRequest) -> dict[str, object]:
    """What was typed into the comment form, to be sent to the same address; else nothing."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.view_name != SHOWN_AGAIN:
        return {}
    typed = request.POST.dict()
    text, _ = typed.pop("text", ""), typed.pop("csrfmiddlewaretoken", "")
    return {
        "again": request.get_full_path(),
        # A browser drops the first line break of a text area.
        "text": f"\n{text}",
        "others": typed.items(),
        "csrf_token": get_token(request),
    }
