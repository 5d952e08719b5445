"""The REST API's hint before sending: which words of a text may insult somebody.

The text is scored and forgotten; whether it is sent is its author's decision alone.
"""

from typing import Any

from django.conf import settings
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from comments.models import DEFAULT_KEY, MAX_TEXT_LENGTH
from comments.reception import examples, throttles
from comments.reception.examples import sent, shown
from comments.reception.missing import NoHintsError, require_site
from comments.reception.schema import LANGUAGE, RETRY_AFTER, header, problems
from config.client_ip import client_address
from moderation.hints import rough_words


class HintedTextSerializer(serializers.Serializer):
    # Not trimmed, because the places of the words are counted in it.
    text = serializers.CharField(
        trim_whitespace=False,
        max_length=MAX_TEXT_LENGTH,
        help_text="What is typed so far. It is not stored.",
    )


class HintedWordSerializer(serializers.Serializer):
    """Words of the text, by characters (code points)."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()


class HintSerializer(serializers.Serializer):
    message = serializers.CharField(
        help_text="A sentence for the author in the language of `Accept-Language`; empty if there "
        "is nothing to say."
    )
    words = HintedWordSerializer(many=True, help_text="To be marked; may be empty.")


HINT: dict[str, Any] = {
    "summary": "Ask whether a text may insult somebody",
    "description": "To tell an author before the comment is sent, when typing pauses; never to "
    "keep them from sending it. Off unless the service has `HINTS=yes`; then it answers 404.",
    "operation_id": "hint",
    "parameters": [LANGUAGE, header("Retry-After", (429, 503), RETRY_AFTER, int)],
    "responses": {
        200: OpenApiResponse(HintSerializer, "The hint; nothing is stored."),
        **problems(400, 404, 413, 415, 429, 503),
    },
    "examples": [sent("A text", {"text": "Тут пишуть самі ідіоти."}), shown(examples.HINT, 200)],
}


class Hint(APIView):
    @extend_schema(request=HintedTextSerializer, **HINT)
    @method_decorator(never_cache)
    def post(self, request: Request, site: str = DEFAULT_KEY) -> Response:
        require_site(site)
        if not settings.HINTS:
            raise NoHintsError
        throttles.admit_hint(site=site, address=client_address(request))
        serializer = HintedTextSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        text = serializer.validated_data["text"]
        found = rough_words(text=text, site=site)
        words = [{"start": a, "end": b, "text": text[a:b]} for a, b in found or ()]
        message = "" if found is None else _("This may insult somebody.")
        return Response({"message": message, "words": words})
