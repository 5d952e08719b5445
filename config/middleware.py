"""Middleware for what has no setting in Django 5.2: three headers, HEAD, probes by address."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from config.request_id import PROBES

Handler = Callable[[HttpRequest], HttpResponse]


def policies(get_response: Handler) -> Handler:
    """Set Content-Security-Policy and Permissions-Policy, the same for every page."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return answer


def private_by_default(get_response: Handler) -> Handler:
    """Mark an answer as private unless its view has made it public.

    Public answers do not depend on the language, so remove the headers that LocaleMiddleware adds:
    with them a cache would store one copy per Accept-Language.
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
    """Accept any host name for probes, which use the address of a process."""

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
    """Answer HEAD like GET, with its Content-Length but without its body."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return answer
