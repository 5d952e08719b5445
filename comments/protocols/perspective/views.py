"""The addresses of Perspective: its clients need only another host, and a key for checks.

Any page may ask, as with Perspective: the key is what allows it, and no cookie is read.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from comments.models import SiteKey
from comments.protocols.keys import UnknownKeyError, require_check_key
from comments.protocols.perspective import discovery, errors
from comments.protocols.perspective.analyzing import analyze, suggest
from comments.protocols.perspective.fields import read_body
from comments.protocols.perspective.questions import read_analysis, read_suggestion
from comments.reception.database_unavailable import DATABASE_ERRORS, RETRY_AFTER, log_outage
from comments.reception.throttles import ThrottledError
from moderation.model_registry import ScorerError

View = Callable[[HttpRequest], dict[str, Any]]
_FOR_ANY_PAGE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "3600",
    "Cache-Control": "no-store",
}


def _answers(method: str) -> Callable[[View], Callable[[HttpRequest], JsonResponse]]:
    """Answer as JSON, with errors as Perspective's, to this method and to preflights."""

    def decorate(view: View) -> Callable[[HttpRequest], JsonResponse]:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest) -> JsonResponse:
            if request.method == "OPTIONS":
                return JsonResponse({}, headers=_FOR_ANY_PAGE)
            try:
                if request.method != method:
                    raise errors.not_found()
                return JsonResponse(view(request), headers=_FOR_ANY_PAGE)
            except Exception as error:
                return _failed(_as_api_error(error))

        return answer

    return decorate


@_answers("POST")
def analyze_comment(request: HttpRequest) -> dict[str, Any]:
    site_key = _site_key(request)
    return analyze(site_key=site_key, asked=read_analysis(read_body(request.body)))


@_answers("POST")
def suggest_score(request: HttpRequest) -> dict[str, Any]:
    site_key = _site_key(request)
    return suggest(site_key=site_key, said=read_suggestion(read_body(request.body)))


@_answers("GET")
def discover(request: HttpRequest) -> dict[str, Any]:
    """Answer without a key too, but not with a wrong one: some clients try theirs here."""
    if request.GET.get("version", discovery.VERSION) != discovery.VERSION:
        raise errors.not_found()
    if _given_key(request):
        _site_key(request)
    return discovery.document(request.build_absolute_uri("/"))


def _site_key(request: HttpRequest) -> SiteKey:
    key = _given_key(request)
    if not key:
        raise errors.no_key()
    return require_check_key(key)


def _given_key(request: HttpRequest) -> str:
    return request.GET.get("key") or request.headers.get("X-Goog-Api-Key", "")


def _as_api_error(error: Exception) -> errors.ApiError:
    """Return the error as Perspective's; raises it again if it is none of those expected."""
    if isinstance(error, errors.ApiError):
        return error
    if isinstance(error, UnknownKeyError):
        return errors.unknown_key()
    if isinstance(error, RequestDataTooBig):
        return errors.too_large()
    if isinstance(error, ThrottledError):
        return errors.over_limit(error.wait)
    if isinstance(error, ScorerError):
        return errors.unavailable()
    if isinstance(error, DATABASE_ERRORS):
        log_outage(error)
        return errors.unavailable(RETRY_AFTER)
    raise error


def _failed(error: errors.ApiError) -> JsonResponse:
    waiting = {"Retry-After": str(error.wait)} if error.wait else {}
    return JsonResponse(error.body(), status=error.code, headers=_FOR_ANY_PAGE | waiting)
