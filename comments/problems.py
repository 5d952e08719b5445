"""REST's errors as problem details (RFC 9457), with one entry a field."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from comments.outage import DATABASE_OUT, RETRY_AFTER, log_outage

CONTENT_TYPE = "application/problem+json"
VALIDATION = "urn:comments:problem:validation"


class TooLargeError(exceptions.APIException):
    status_code = 413
    default_detail = gettext_lazy("This is too much text for one request.")
    default_code = "too_large"


class DatabaseOutError(exceptions.APIException):
    status_code = 503
    default_detail = gettext_lazy("We cannot take comments just now. Try again in a minute.")
    default_code = "out"
    wait = RETRY_AFTER


class FlatJSONParser(JSONParser):
    """JSON that is nested a hundred thousand deep is malformed, not a crash."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError from error


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: the same status and headers, another body."""
    if isinstance(error, RequestDataTooBig):
        error = TooLargeError()
    if isinstance(error, DATABASE_OUT):
        log_outage(error)
        error = DatabaseOutError()
    response = exception_handler(error, context)
    if response is None:
        return None
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(response.status_code).phrase,
        "status": response.status_code,
    }
    if isinstance(error, exceptions.ValidationError):
        problem["type"] = VALIDATION
        problem["detail"] = _("Some fields are not filled in correctly.")
        problem["errors"] = _entries(error)
    else:
        problem["detail"] = str(response.data["detail"])
    response.data = problem
    response.content_type = CONTENT_TYPE
    return response


def _entries(error: exceptions.ValidationError) -> list[dict[str, str]]:
    fields: Any = error.get_full_details()
    if not isinstance(fields, dict):
        fields = {api_settings.NON_FIELD_ERRORS_KEY: fields}
    return [
        {
            "pointer": "#" if name == api_settings.NON_FIELD_ERRORS_KEY else f"#/{name}",
            "code": entries[0]["code"],
            "detail": " ".join(dict.fromkeys(str(entry["message"]) for entry in entries)),
        }
        for name, entries in fields.items()
    ]
