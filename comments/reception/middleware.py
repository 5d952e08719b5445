"""Refuse a body that declares another charset than UTF-8."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

READABLE = {"utf-8", "utf8", "us-ascii"}
Handler = Callable[[HttpRequest], HttpResponse]


def require_utf8(get_response: Handler) -> Handler:
    def answer(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8").lower()
        if charset not in READABLE:
            return HttpResponse(
                "The request must be encoded in UTF-8.", status=415, content_type="text/plain"
            )
        return get_response(request)

    return answer
