"""The error document of RFC 9457, also used by middleware, which runs before REST."""

from http import HTTPStatus
from typing import Any

CONTENT_TYPE = "application/problem+json"


def document(status: int, detail: str, code: str) -> dict[str, Any]:
    """Return the problem document; its type, for programs, is made from the code."""
    return {
        "type": f"urn:comments:problem:{code.replace('_', '-')}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        # What 202 calls the sentence for the reader, so that a frontend needs one name only.
        "message": detail,
    }
