"""What the OpenAPI document says about the endpoints for a site's programs."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from comments.integrators import examples
from comments.integrators.queries import EVENTS_SHOWN, MAX_EVENTS
from comments.integrators.serializers import (
    DecisionPageSerializer,
    DecisionSerializer,
    EventPageSerializer,
    ModeratedCommentSerializer,
    PolicySerializer,
    QueuePageSerializer,
)
from comments.reception.answer_once import REPLAYED
from comments.reception.examples import sent, shown
from comments.reception.schema import (
    IDEMPOTENCY_KEY,
    KEY_SCHEMA,
    LANGUAGE,
    PROBLEM_TYPE,
    REPLAYED_MEANS,
    RETRY_AFTER,
    header,
    problems,
)
from comments.reception.serializers import ProblemSerializer

WAIT = header("Retry-After", (429, 503), RETRY_AFTER, int)
READ = problems(401, 403, 429, 503)
CURSOR = OpenApiParameter("cursor", description="From `next` or `previous`.")
LIMIT = OpenApiParameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
    description="How many per page.",
)
NUMBER = OpenApiParameter("number", int, OpenApiParameter.PATH, description="The comment's `id`.")
QUEUE: dict[str, Any] = {
    "summary": "List the held comments",
    "description": "For a program with a site key that may read.",
    "operation_id": "queue",
    "parameters": [
        OpenApiParameter("order", enum=["oldest", "newest"], default="oldest"),
        OpenApiParameter(
            "article", KEY_SCHEMA, description="Only those on the article with this key."
        ),
        *(CURSOR, LIMIT, LANGUAGE, WAIT),
    ],
    "responses": {
        200: OpenApiResponse(QueuePageSerializer, "A page of the queue."),
        **problems(400, 404),
        **READ,
    },
    "examples": [shown(examples.QUEUE, 200)],
}
COMMENT: dict[str, Any] = {
    "summary": "Get a comment in any status",
    "description": "For a program with a site key that may read.",
    "operation_id": "any_comment",
    "parameters": [NUMBER, LANGUAGE, WAIT],
    "responses": {
        200: OpenApiResponse(ModeratedCommentSerializer, "The comment."),
        **problems(404),
        **READ,
    },
    "examples": [shown(examples.COMMENT, 200)],
}
DECISION: dict[str, Any] = {
    "summary": "Decide about a comment",
    "description": "For a program with a site key that may decide. It is recorded under the name "
    "of the key. The author is told at once.",
    "operation_id": "decide",
    "parameters": [
        NUMBER,
        IDEMPOTENCY_KEY,
        LANGUAGE,
        header("Retry-After", (429, 503), RETRY_AFTER, int),
        header(REPLAYED, (201,), REPLAYED_MEANS),
    ],
    "responses": {
        201: OpenApiResponse(DecisionSerializer, "Decided and recorded."),
        (409, PROBLEM_TYPE): OpenApiResponse(
            ProblemSerializer,
            "Nothing was done: the comment has changed since that version (`changed`), its status "
            "does not permit this (`impossible`), or the same request is being answered.",
        ),
        **problems(400, 404, 413, 415, 422),
        **READ,
    },
    "examples": [
        sent("A rejection", {"outcome": "reject", "reason": "toxicity", "version": 2}),
        shown(examples.DECISION, 201),
    ],
}
DECISIONS: dict[str, Any] = {
    "summary": "List the decisions, the latest first",
    "description": "For a program with a site key that may read. To follow what happens, use the "
    "events.",
    "operation_id": "decisions",
    "parameters": [
        OpenApiParameter(
            "comment",
            {"type": "integer", "minimum": 1},
            description="Only those about this comment.",
        ),
        *(CURSOR, LIMIT, LANGUAGE, WAIT),
    ],
    "responses": {
        200: OpenApiResponse(DecisionPageSerializer, "A page of the log."),
        **problems(400, 404),
        **READ,
    },
    "examples": [shown(examples.DECISIONS, 200)],
}
POLICY: dict[str, Any] = {
    "summary": "Get the policy in force",
    "description": "For a program with a site key that may read.",
    "operation_id": "policy",
    "parameters": [LANGUAGE, WAIT],
    "responses": {200: OpenApiResponse(PolicySerializer, "The policy."), **READ},
    "examples": [shown(examples.POLICY, 200)],
}
EVENTS: dict[str, Any] = {
    "summary": "List what happened after an event",
    "description": "For a program with a site key that may read. Each event of the site comes "
    "once, in order. A page may be empty while `more` is true.",
    "operation_id": "events",
    "parameters": [
        OpenApiParameter(
            "after",
            {"type": "integer", "minimum": 0, "default": 0},
            description="The `cursor` of the last answer; 0 for the oldest events that are kept.",
        ),
        OpenApiParameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MAX_EVENTS, "default": EVENTS_SHOWN},
            description="How many events to look at, of all sites.",
        ),
        *(LANGUAGE, WAIT),
    ],
    "responses": {
        200: OpenApiResponse(EventPageSerializer, "The next events."),
        **problems(400),
        **READ,
    },
    "examples": [shown(examples.EVENTS, 200)],
}
