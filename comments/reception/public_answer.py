"""REST answers that are the same for all: browsers ask each time, proxies keep them briefly."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

# Proxies may serve a comment that was taken down for the sum of both: see docs/frontend.md.
FOR_SECONDS = "public, max-age=0, s-maxage=1, stale-while-revalidate=2"
# Numbers of comments may lag.
FOR_A_MINUTE = "public, max-age=10, s-maxage=10, stale-while-revalidate=50"


def unless_known(
    request: Request, etag: str, build: Callable[[], bytes], caching: str = FOR_SECONDS
) -> HttpResponseBase:
    """Answer with the built JSON, or 304 if the client has the version with this ETag."""
    answer = get_conditional_response(request._request, etag)
    if answer is None:
        answer = HttpResponse(build(), content_type="application/json")
    answer.headers["ETag"], answer.headers["Cache-Control"] = etag, caching
    return answer


def by_content(request: Request, data: Any, caching: str = FOR_SECONDS) -> HttpResponseBase:
    """Answer with the data, and an ETag made from it."""
    body = JSONRenderer().render(data)
    return unless_known(request, content_etag(body), lambda: body, caching)


def content_etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'
