"""Middleware for what Django 5.2 has no setting for: three headers, HEAD, probes by address."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from config.request_id import PROBES

Handler = Callable[[HttpRequest], HttpResponse]


def policies(get_response: Handler) -> Handler:
    """Every answer says what its page may load, and that it does without whatever asks first.

    The content security policy is one and the same for all pages, so no library makes it anew for
    each answer.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return answer


def private_by_default(get_response: Handler) -> Handler:
    """No cache but the reader's own keeps an answer whose view does not say that it is public.

    A public one is the same in every language: LocaleMiddleware says otherwise of every answer, and
    a cache would keep one copy for each way that browsers ask for languages.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private")
        if "public" in response.headers["Cache-Control"]:
            del response.headers["Content-Language"]
            varies = response.headers.get("Vary", "").split(", ")
            del response.headers["Vary"]
            if others := [each for each in varies if each not in {"", "Accept-Language"}]:
                response.headers["Vary"] = ", ".join(others)
        return response

    return answer


def probes_by_address(get_response: Handler) -> Handler:
    """A balancer, or Prometheus, asks for one process, by its address: no name is the right one.

    What these paths answer does not depend on the name, so any will do.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info in PROBES:
            try:
                request.get_host()
            except DisallowedHost:
                request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].lstrip(".")
                request.META.pop("HTTP_X_FORWARDED_HOST", None)
        return get_response(request)

    return answer


def head_without_body(get_response: Handler) -> Handler:
    """HEAD tells how long the answer to GET is, and is not sent what gunicorn would throw away."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return answer
