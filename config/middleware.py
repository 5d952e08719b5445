"""The headers that Django 5.2 has no setting for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

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
