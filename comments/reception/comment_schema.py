"""What the OpenAPI document says about one comment and about numbers of comments."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from comments.reception import examples
from comments.reception.examples import shown
from comments.reception.schema import (
    IF_NONE_MATCH,
    KEY,
    KEY_SCHEMA,
    LANGUAGE,
    READ_PROBLEMS,
    RETRY_AFTER,
    UNCHANGED,
    header,
)
from comments.reception.serializers import ThreadSerializer

MAX_COUNTED = 100


class CountsSerializer(serializers.Serializer):
    """How many comments readers see on each article."""

    counts = serializers.DictField(
        child=serializers.IntegerField(min_value=0),
        help_text="By the keys as they were sent; 0 if nobody has commented.",
    )


NUMBER = OpenApiParameter("number", int, OpenApiParameter.PATH, description="The comment's `id`.")
ONE_COMMENT: dict[str, Any] = {
    "summary": "Get one published comment",
    "operation_id": "comment",
    "parameters": [
        KEY,
        NUMBER,
        IF_NONE_MATCH,
        LANGUAGE,
        header("ETag", (200, 304), "Changes when the article's published comments change."),
        header("Retry-After", (503,), RETRY_AFTER, int),
    ],
    "responses": {
        200: OpenApiResponse(
            ThreadSerializer, "The comment, with its first replies if it has any."
        ),
        304: UNCHANGED,
        **READ_PROBLEMS,
    },
    "examples": [shown(examples.THREAD, 200)],
}
COUNTS: dict[str, Any] = {
    "summary": "Count the comments of many articles",
    "description": "For lists of articles: one request for a whole page.",
    "operation_id": "counts",
    "parameters": [
        OpenApiParameter(
            "keys",
            {
                "type": "array",
                "items": KEY_SCHEMA,
                "minItems": 1,
                "maxItems": MAX_COUNTED,
            },
            required=True,
            explode=False,
            style="form",
            description="The articles' keys, with commas between them.",
            examples=[OpenApiExample("Two articles", ["mist-cherez-tykhu", "12345"])],
        ),
        IF_NONE_MATCH,
        LANGUAGE,
        header("ETag", (200, 304), "Changes when one of the numbers does."),
        header("Retry-After", (503,), RETRY_AFTER, int),
    ],
    "responses": {
        200: OpenApiResponse(CountsSerializer, "A number for each key."),
        304: UNCHANGED,
        **READ_PROBLEMS,
    },
    "examples": [shown(examples.COUNTS, 200)],
}
