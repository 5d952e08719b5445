"""Answer 503 while the database is unavailable, and keep everything that the reader typed."""

import logging

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from comments.reception.middleware import Handler

# Unreachable, starting, locked for too long, or with its disk full.
DATABASE_ERRORS = (OperationalError, InterfaceError)
RETRY_AFTER = 30
# Only this form is shown again: a password from another form must not appear in a page.
FORM_VIEW = "comments:article"

logger = logging.getLogger(__name__)


def log_outage(error: Exception) -> None:
    """Log one line with only the kind of the error, since its message may contain a text."""
    cause = error.__cause__ or error
    kind = getattr(cause, "sqlite_errorname", type(cause).__name__)
    logger.error(
        "the database is unavailable (%s): see its own log, its disk and DATABASE_URL", kind
    )


class DatabaseUnavailable:
    """Middleware: answer with a page that needs no database; for REST see problems.py."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DATABASE_ERRORS):
            return None
        log_outage(error)
        # Without the request, whose context processors would query the database.
        page = render_to_string("503.html", _resend_context(request))
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})


def _resend_context(request: HttpRequest) -> dict[str, object]:
    """Return the input of the comment form, to be sent to the same address again."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.view_name != FORM_VIEW:
        return {}
    typed = request.POST.dict()
    text, _ = typed.pop("text", ""), typed.pop("csrfmiddlewaretoken", "")
    return {
        "again": request.get_full_path(),
        # Browsers drop the first line break of a text area.
        "text": f"\n{text}",
        "others": typed.items(),
        "csrf_token": get_token(request),
    }
