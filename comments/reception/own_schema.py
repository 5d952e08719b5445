"""What the OpenAPI document says about authors' own comments."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse

from comments.reception import examples
from comments.reception.examples import shown
from comments.reception.own_serializers import OwnCommentSerializer
from comments.reception.schema import LANGUAGE, PROBLEM_TYPE, RETRY_AFTER, header, problems
from comments.reception.serializers import ProblemSerializer

_REFUSED = {
    (409, PROBLEM_TYPE): OpenApiResponse(
        ProblemSerializer, "The comment does not allow it now: `detail` says why to the author."
    )
}
_READING = {
    "parameters": [LANGUAGE, header("Retry-After", (503,), RETRY_AFTER, int)],
}
_WRITING = {
    "parameters": [LANGUAGE, header("Retry-After", (429, 503), RETRY_AFTER, int)],
}
_SHOWN = shown(examples.OWN_COMMENT, 200)
STATUS: dict[str, Any] = {
    "summary": "Get the status of a comment",
    "description": "For its author: what was decided and why, its place in the queue, and what "
    "the author can do.",
    "operation_id": "submission_status",
    **_READING,
    "responses": {
        200: OpenApiResponse(
            OwnCommentSerializer, "The current status; ask again while it is `pending`."
        ),
        **problems(400, 404, 503),
    },
    "examples": [_SHOWN],
}
CHANGE: dict[str, Any] = {
    "summary": "Change a comment",
    "description": "The new version is checked like a new comment. Comments that wait or were "
    "rejected can be changed; a published one for some minutes, until somebody answers it.",
    "operation_id": "change_submission",
    **_WRITING,
    "responses": {
        200: OpenApiResponse(OwnCommentSerializer, "Stored; it will be checked in a moment."),
        **problems(400, 404, 413, 415, 429, 503),
        **_REFUSED,
    },
    "examples": [
        OpenApiExample("Another text", request_only=True, value={"text": "Дякую за новину!"}),
        _SHOWN,
    ],
}
WITHDRAWAL: dict[str, Any] = {
    "summary": "Withdraw a comment",
    "description": "Readers no longer see it; where others have replied, its place stays. It "
    "cannot be taken back.",
    "operation_id": "withdraw_submission",
    **_WRITING,
    "responses": {
        200: OpenApiResponse(OwnCommentSerializer, "Withdrawn, perhaps before."),
        **problems(404, 429, 503),
        **_REFUSED,
    },
    "examples": [_SHOWN],
}
APPEAL: dict[str, Any] = {
    "summary": "Appeal against a rejection",
    "description": "Once a comment. It waits for a moderator again, whose answer is in `appeal`.",
    "operation_id": "appeal_submission",
    **_WRITING,
    "responses": {
        200: OpenApiResponse(OwnCommentSerializer, "A moderator will look again."),
        **problems(400, 404, 413, 415, 429, 503),
        **_REFUSED,
    },
    "examples": [
        OpenApiExample("An appeal", request_only=True, value={"sentence": "Це цитата з пісні."}),
        _SHOWN,
    ],
}
