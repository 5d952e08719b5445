"""Answer a POST once: the HTTP side of the Idempotency-Key."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from comments.models import SiteKey
from comments.reception.idempotency import Attempt, begin
from config.client_ip import client_address, network_of

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
MAX_LENGTH = 255
Answer = dict[str, Any]


def answer_once(
    request: Request,
    make: Callable[[Attempt | None], Answer],
    restore: Callable[[int], Answer] | None = None,
    code: int = status.HTTP_202_ACCEPTED,
) -> Response:
    """Answer with what `make` returns, or with what it returned to the same request before.

    `restore` makes the answer from the number of the comment, if the first attempt was interrupted
    between storing and answering. Whatever `make` raises is not kept: the next attempt is made.
    """
    attempt = _attempt(request)
    if attempt is None:
        return Response(make(None), code)
    if earlier := begin(attempt):
        number = earlier.comment_number
        answer: Any = earlier.answer
        if answer is None and restore and number:
            answer = restore(number)
        return Response(answer, code, headers={REPLAYED: "true"})
    try:
        answer = json.loads(JSONRenderer().render(make(attempt)))
        attempt.finish(answer)
    except BaseException:
        attempt.give_up()
        raise
    return Response(answer, code)


def _attempt(request: Request) -> Attempt | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not (0 < len(key) <= MAX_LENGTH and key.isascii() and key.isprintable()):
        sentence = _("Send 1 to %(most)d letters, digits and signs, such as a UUID.")
        error = exceptions.ErrorDetail(sentence % {"most": MAX_LENGTH}, "invalid")
        raise exceptions.ValidationError({HEADER: [error]})
    # Before the parser reads it, which keeps no copy.
    body: bytes = request._request.body
    return Attempt.of(key=key, address=request.path, sender=_sender(request), body=body)


def _sender(request: Request) -> str:
    """Return what only the sender knows; others may know the e-mail, but not in this network."""
    if isinstance(request.auth, SiteKey):
        return f"site key {request.auth.pk}"
    facts: Mapping[str, Any] = request.data if isinstance(request.data, dict) else {}
    of_network = f"{facts.get('author_email', '')} {network_of(client_address(request))}"
    return str(facts.get("author_secret") or of_network)
