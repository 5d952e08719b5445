"""Refuse a request body that is too large or has no length, before reading it."""

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from comments.reception.middleware import Handler
from comments.reception.problem_document import CONTENT_TYPE, document

# These have answers of their own to a body that is too large. Their views read it as a whole, which
# Django refuses.
OTHER_PROTOCOLS = ("/1.1/", "/1.2/", "/v1alpha1/")


def limit_body_size(get_response: Handler) -> Handler:
    """Middleware: Django limits neither file uploads nor bodies sent in chunks."""

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        if not length and "Transfer-Encoding" in request.headers:
            return _without_length(request)
        is_large = length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if is_large and not request.path_info.startswith(OTHER_PROTOCOLS):
            return _too_large(request)
        return get_response(request)

    return answer


def _too_large(request: HttpRequest) -> HttpResponse:
    if _asks_rest(request):
        return _problem(413, _("This request is too large."), "too_large")
    # Rendered by comments.reception.views.unreadable.
    raise RequestDataTooBig


def _without_length(request: HttpRequest) -> HttpResponse:
    if _asks_rest(request):
        return _problem(411, _("The request needs a Content-Length header."), "no_length")
    raise BadRequest


def _asks_rest(request: HttpRequest) -> bool:
    return request.path_info.startswith(("/api/", "/v1alpha1/"))


def _problem(status: int, detail: str, code: str) -> HttpResponse:
    return JsonResponse(document(status, detail, code), status=status, content_type=CONTENT_TYPE)
