"""What the OpenAPI document says about readers' reports."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from comments.reception import examples
from comments.reception.answer_once import REPLAYED
from comments.reception.examples import sent, shown
from comments.reception.report_serializers import ReportStatusSerializer
from comments.reception.schema import (
    IDEMPOTENCY_KEY,
    KEY,
    LANGUAGE,
    PROBLEM_TYPE,
    READ_PROBLEMS,
    REPLAYED_MEANS,
    RETRY_AFTER,
    header,
    problems,
)
from comments.reception.serializers import ProblemSerializer

REPORT: dict[str, Any] = {
    "summary": "Report a published comment",
    "description": "For readers. When enough different readers report a comment, it is hidden "
    "until a moderator decides. A reader who reports the same comment again gets the first report.",
    "operation_id": "report_comment",
    "parameters": [
        KEY,
        OpenApiParameter("number", int, OpenApiParameter.PATH, description="The comment's `id`."),
        IDEMPOTENCY_KEY,
        LANGUAGE,
        header("Retry-After", (409, 429, 503), RETRY_AFTER, int),
        header(REPLAYED, (202,), REPLAYED_MEANS),
    ],
    "responses": {
        202: OpenApiResponse(ReportStatusSerializer, "Stored, for the moderators."),
        **problems(400, 404, 409, 413, 415, 422, 429, 503),
        (403, PROBLEM_TYPE): OpenApiResponse(
            ProblemSerializer, "The reader wrote the comment and cannot report it."
        ),
    },
    "examples": [
        sent(
            "A report",
            {
                "reason": "insult",
                "sentence": "Ображає авторку статті.",
                "author_secret": "1b671a64-40d5-491e-99b0-da01ff1f3341",
            },
        ),
        shown(examples.REPORT_STATUS, 202),
    ],
}
REPORT_STATUS: dict[str, Any] = {
    "summary": "Get what became of a report",
    "operation_id": "report_status",
    "parameters": [LANGUAGE, header("Retry-After", (503,), RETRY_AFTER, int)],
    "responses": {
        200: OpenApiResponse(ReportStatusSerializer, "`open` until a moderator has decided."),
        **READ_PROBLEMS,
    },
    "examples": [shown(examples.REPORT_STATUS, 200)],
}
