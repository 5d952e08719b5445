"""The form of REST's errors (RFC 9457), without REST itself: middleware answers so as well."""

from http import HTTPStatus
from typing import Any

CONTENT_TYPE = "application/problem+json"


def document(status: int, detail: str) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
