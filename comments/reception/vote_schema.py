"""What the OpenAPI document says about readers' votes."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from comments.reception import examples
from comments.reception.comment_schema import NUMBER
from comments.reception.examples import sent, shown
from comments.reception.list_query import MAX_ID
from comments.reception.schema import (
    IF_NONE_MATCH,
    KEY,
    LANGUAGE,
    PROBLEM_TYPE,
    READ_PROBLEMS,
    RETRY_AFTER,
    UNCHANGED,
    header,
    problems,
)
from comments.reception.serializers import ProblemSerializer
from comments.reception.vote_serializers import VoteCountsSerializer, VotedSerializer

MAX_COMMENTS = 200
VOTE: dict[str, Any] = {
    "summary": "Say that a comment is useful, or take it back",
    "description": "For readers. Sending the same again changes nothing.",
    "operation_id": "vote",
    "parameters": [KEY, NUMBER, LANGUAGE, header("Retry-After", (429, 503), RETRY_AFTER, int)],
    "responses": {
        200: OpenApiResponse(VotedSerializer, "Stored."),
        **problems(400, 404, 413, 415, 429, 503),
        (403, PROBLEM_TYPE): OpenApiResponse(
            ProblemSerializer, "The reader wrote the comment and cannot vote for it."
        ),
    },
    "examples": [
        sent(
            "A vote",
            {"useful": True, "author_secret": "1b671a64-40d5-491e-99b0-da01ff1f3341"},
        ),
        shown(examples.VOTED, 200),
    ],
}
VOTES: dict[str, Any] = {
    "summary": "Get how many readers find comments useful",
    "description": "Apart from the list, whose `ETag` no vote changes.",
    "operation_id": "votes",
    "parameters": [
        KEY,
        OpenApiParameter(
            "ids",
            {
                "type": "array",
                "items": {"type": "integer", "minimum": 0, "maximum": MAX_ID},
                "minItems": 1,
                "maxItems": MAX_COMMENTS,
            },
            required=True,
            explode=False,
            style="form",
            description="The comments' ids, with commas between them.",
            examples=[OpenApiExample("Two comments", [17, 18])],
        ),
        IF_NONE_MATCH,
        LANGUAGE,
        header("ETag", (200, 304), "Changes when one of the numbers does."),
        header("Retry-After", (503,), RETRY_AFTER, int),
    ],
    "responses": {
        200: OpenApiResponse(
            VoteCountsSerializer, "A number for each id; 0 for what readers do not see."
        ),
        304: UNCHANGED,
        **READ_PROBLEMS,
    },
    "examples": [shown(examples.VOTES, 200)],
}
