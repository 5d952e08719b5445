"""Turn REST errors into problem documents (RFC 9457) with one entry per field."""

from collections.abc import Iterator, Mapping
from json import JSONDecodeError
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from comments.reception.articles import CLOSED, ClosedError
from comments.reception.database_unavailable import DATABASE_ERRORS, RETRY_AFTER, log_outage
from comments.reception.idempotency import KeyReusedError, StillRunningError
from comments.reception.missing import NoAddressError, NoCommentError
from comments.reception.problem_document import CONTENT_TYPE, document
from comments.reception.receive_report import OwnCommentError
from comments.reception.receive_vote import NotVotableError, OwnVoteError
from comments.reception.throttles import ThrottledError
from moderation.refused import RefusedError
from moderation.reports import NotReportableError

VALIDATION = "validation"


class NoCommentsError(exceptions.APIException):
    status_code = 403
    default_detail = CLOSED
    default_code = "closed"


class OwnReportError(exceptions.APIException):
    status_code = 403
    default_detail = OwnCommentError.sentence
    default_code = "own_comment"


class NoOwnVoteError(exceptions.APIException):
    status_code = 403
    default_detail = OwnVoteError.sentence
    default_code = "own_comment"


class ReusedKeyError(exceptions.APIException):
    status_code = 422
    default_detail = gettext_lazy(
        "This Idempotency-Key was sent before with something else. Take a new key for each comment."
    )
    default_code = "key_reused"


class UnfinishedError(exceptions.APIException):
    status_code = 409
    default_detail = gettext_lazy("The same request is still being answered. Try again at once.")
    default_code = "unfinished"
    wait = 1


class NotAllowedError(exceptions.APIException):
    """The detail is the sentence of a RefusedError."""

    status_code = 409
    default_code = "refused"


class TooLargeError(exceptions.APIException):
    status_code = 413
    default_detail = gettext_lazy("This request is too large.")
    default_code = "too_large"


class DatabaseUnavailableError(exceptions.APIException):
    status_code = 503
    default_detail = gettext_lazy("We cannot accept comments right now. Try again in a minute.")
    default_code = "out"
    wait = RETRY_AFTER


class SafeJSONParser(JSONParser):
    """Report invalid or too deeply nested JSON in the reader's language; read null as nothing."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            sent = super().parse(stream, media_type, parser_context)
        except (exceptions.ParseError, RecursionError) as error:
            raise exceptions.ParseError(_json_error(error.__context__)) from error
        return {} if sent is None else sent


def _json_error(cause: BaseException | None) -> str:
    """Describe the error without Python's own message, which is English."""
    if not isinstance(cause, JSONDecodeError):
        return _("This is not valid JSON.")
    place = {"line": cause.lineno, "column": cause.colno}
    return _("This is not valid JSON: see line %(line)d, column %(column)d.") % place


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler, with a problem document as the body."""
    known = _as_api_exception(error)
    response = exception_handler(known, context)
    if response is None:
        return None
    if isinstance(known, exceptions.ValidationError):
        sentence = _("Some fields are not filled in correctly.")
        problem = document(response.status_code, sentence, VALIDATION)
        problem["errors"] = _entries(known)
    else:
        detail = response.data["detail"]
        problem = document(response.status_code, str(detail), detail.code)
    response.data = problem
    response.content_type = CONTENT_TYPE
    return response


_KNOWN: Mapping[type[Exception], type[exceptions.APIException]] = {
    RequestDataTooBig: TooLargeError,
    KeyReusedError: ReusedKeyError,
    StillRunningError: UnfinishedError,
    ClosedError: NoCommentsError,
    OwnCommentError: OwnReportError,
    NotReportableError: NoCommentError,
    OwnVoteError: NoOwnVoteError,
    NotVotableError: NoCommentError,
    # Django's own message names a class, in English.
    Http404: NoAddressError,
}


def _as_api_exception(error: Exception) -> Exception:
    """Convert errors of the layers below to exceptions with a status."""
    if isinstance(error, DATABASE_ERRORS):
        log_outage(error)
        return DatabaseUnavailableError()
    if isinstance(error, RefusedError):
        return NotAllowedError(error.sentence)
    if isinstance(error, ThrottledError):
        # With Retry-After, and without the sentence that DRF would add.
        throttled = exceptions.Throttled(wait=error.wait)
        throttled.detail = exceptions.ErrorDetail(error.sentence, throttled.default_code)
        return throttled
    known = next((made for kind, made in _KNOWN.items() if isinstance(error, kind)), None)
    return known() if known else error


def _entries(error: exceptions.ValidationError) -> list[dict[str, str]]:
    fields: Any = error.get_full_details()
    if not isinstance(fields, dict):
        fields = {api_settings.NON_FIELD_ERRORS_KEY: fields}
    return [_entry(*each) for each in _by_pointer("#", fields)]


def _by_pointer(pointer: str, fields: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the errors of each field; nested objects are part of the pointer."""
    for name, found in fields.items():
        here = pointer if name == api_settings.NON_FIELD_ERRORS_KEY else f"{pointer}/{name}"
        if isinstance(found, dict):
            yield from _by_pointer(here, found)
        else:
            yield here, found


def _entry(pointer: str, entries: Any) -> dict[str, str]:
    return {
        "pointer": pointer,
        "code": entries[0]["code"],
        "detail": " ".join(dict.fromkeys(str(entry["message"]) for entry in entries)),
    }
