"""Errors as Perspective answers them, so that its clients recognise them.

Clients compare `errorType` or words of the message, which is therefore not translated.
"""

from collections.abc import Mapping, Sequence
from typing import Any

_ERROR = "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
_ERROR_INFO = "type.googleapis.com/google.rpc.ErrorInfo"


class ApiError(Exception):
    """An error with its HTTP code, its status in words and its details."""

    def __init__(
        self, code: int, status: str, message: str, details: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        super().__init__(message)
        self.code, self.status, self.details = code, status, details
        # In seconds; 0 if asking again is no use.
        self.wait = 0

    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = {
            "code": self.code,
            "message": str(self),
            "status": self.status,
        }
        if self.details:
            found["details"] = list(self.details)
        return {"error": found}


def refused(kind: str, message: str, **more: Any) -> ApiError:
    """Return the error about a request that cannot be answered, with its `errorType`."""
    detail = {"@type": _ERROR, "errorType": kind, **more}
    return ApiError(400, "INVALID_ARGUMENT", message, [detail])


def invalid(message: str) -> ApiError:
    return refused("INVALID_REQUEST", message)


def unknown_attribute(name: str) -> ApiError:
    return invalid(f"Unknown requested attribute: {name}")


def unsupported_language(
    attribute: str, languages: Sequence[str], *, detected: bool = False
) -> ApiError:
    """Return the error about languages that the request gives, or that the text was found in."""
    field, words = (
        ("detectedLanguages", "detected") if detected else ("requestedLanguages", "request")
    )
    return refused(
        "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        f"Attribute {attribute} does not support {words} languages: {','.join(languages)}",
        languageNotSupportedByAttributeError={"attribute": attribute, field: list(languages)},
    )


def undetected_language() -> ApiError:
    return refused("LANGUAGE_DETECTION_FAILED", "Unable to detect language")


def unreadable(message: str) -> ApiError:
    """Return the error about a body that is not a request at all."""
    return ApiError(400, "INVALID_ARGUMENT", message)


def too_large() -> ApiError:
    return ApiError(413, "INVALID_ARGUMENT", "Request payload size exceeds the limit.")


def no_key() -> ApiError:
    message = "A key is required: add it to the address as ?key=KEY."
    return ApiError(403, "PERMISSION_DENIED", message)


def unknown_key() -> ApiError:
    message = "API key not valid. Please pass a valid API key."
    return ApiError(400, "INVALID_ARGUMENT", message, [_info("API_KEY_INVALID")])


def over_limit(wait: int) -> ApiError:
    """Return the error about a key whose limit is full for this many seconds."""
    message = "Quota exceeded for quota metric 'Analysis requests (AnalyzeComment)' of this key."
    error = ApiError(429, "RESOURCE_EXHAUSTED", message, [_info("RATE_LIMIT_EXCEEDED")])
    error.wait = wait
    return error


def unavailable(wait: int = 0) -> ApiError:
    """Return the error about a text that cannot be scored now: no number is made up for it."""
    error = ApiError(503, "UNAVAILABLE", "The text cannot be scored right now.")
    error.wait = wait
    return error


def not_found() -> ApiError:
    return ApiError(404, "NOT_FOUND", "There is no such method.")


def _info(reason: str) -> dict[str, Any]:
    return {"@type": _ERROR_INFO, "reason": reason, "domain": "googleapis.com"}
