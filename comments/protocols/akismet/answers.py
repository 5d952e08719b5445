"""Akismet's answers: exact bodies without a line break, and the documented headers.

WordPress publishes what has a verdict without a guid, so every answer to a check has one. A text
that a person should see, or that could not be judged, is answered `true` with X-akismet-error:
WordPress and Discourse hold it for a person, and all others take it for spam. Any other answer
would be published by some of them.
"""

import uuid

from django.http import HttpResponse

from comments.models import Doubt
from comments.protocols.akismet.verdicts import Answer

THANKS = "Thanks for making the web a better place."
INVALID = "invalid"
# Seconds after which WordPress looks again at what was neither held nor certain.
_RECHECK_AFTER = 120


def plain(body: str, **headers: str) -> HttpResponse:
    """Return a body as it is; `error="x"` becomes the header X-akismet-error."""
    named = {f"X-akismet-{name.replace('_', '-')}": value for name, value in headers.items()}
    return HttpResponse(body, content_type="text/plain; charset=utf-8", headers=named)


def verdict(answer: Answer, doubt: str) -> HttpResponse:
    if answer == Answer.CERTAIN_SPAM:
        return _checked("true", pro_tip="discard")
    if answer == Answer.SPAM:
        return _checked("true")
    if answer == Answer.HAM:
        return _checked("false")
    if doubt == Doubt.LATER:
        return _checked("false", recheck_after=str(_RECHECK_AFTER))
    return _checked("true", error="doubtful")


def not_judged(why: str) -> HttpResponse:
    """Answer a check that could not be carried out."""
    return _checked("true", error=why)


def invalid_check() -> HttpResponse:
    """Answer a check with an unknown key."""
    return _checked(INVALID, debug_help="The key is unknown or was revoked.")


def missing(field: str) -> HttpResponse:
    """Answer a check that lacks a required field."""
    return _checked(f"Missing required field: {field}.", debug_help=f'Empty "{field}" value')


def _checked(body: str, **headers: str) -> HttpResponse:
    return plain(body, guid=uuid.uuid4().hex, **headers)
