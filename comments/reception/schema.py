"""What the OpenAPI document adds to the serializers: answers, headers, examples."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from comments.reception import examples
from comments.reception.answer_once import REPLAYED
from comments.reception.article_serializers import ArticleSerializer
from comments.reception.examples import sent, shown
from comments.reception.list_query import MAX_ID
from comments.reception.serializers import (
    ProblemSerializer,
    StatusSerializer,
    ThreadPageSerializer,
)
from comments.validators import MAX_KEY_LENGTH

PROBLEM_TYPE = "application/problem+json"
PROBLEM_DESCRIPTIONS = {
    400: "A field or parameter is invalid: `errors` has an entry for each.",
    401: "The site key in `Authorization: Bearer` is missing, unknown or revoked.",
    403: "The discussion is closed, or the site key does not allow this.",
    404: "No such article, site, comment or page.",
    406: "`Accept` excludes JSON.",
    409: "The same request is still being answered. Try again after `Retry-After` seconds.",
    413: "The body is larger than one megabyte.",
    415: "The body is not `application/json`.",
    422: "The Idempotency-Key was sent before with another body.",
    429: "Too many comments. Try again after `Retry-After` seconds.",
    503: "The database is unavailable. Try again after `Retry-After` seconds.",
}


def problems(*codes: int) -> dict[tuple[int, str], OpenApiResponse]:
    """Return the error responses of an operation; 406 is one of any."""
    return {
        (code, PROBLEM_TYPE): OpenApiResponse(ProblemSerializer, PROBLEM_DESCRIPTIONS[code])
        for code in sorted({406, *codes})
    }


def header(name: str, codes: Iterable[int], description: str, kind: type = str) -> Any:
    """Return a header of the responses with these codes."""
    return OpenApiParameter(
        name, kind, OpenApiParameter.HEADER, response=list(codes), description=description
    )


def first_site_only(endpoints: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Drop the endpoints under `sites/`, which repeat those of the first site."""
    return [each for each in endpoints if not each[0].startswith("/api/v1/sites/")]


KEY_SCHEMA: dict[str, Any] = {
    "type": "string",
    "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.~-]*$",
    "maxLength": MAX_KEY_LENGTH,
}
KEY = OpenApiParameter(
    "key",
    KEY_SCHEMA,
    OpenApiParameter.PATH,
    description="Your website's own name for the article, such as its number or slug.",
)
LANGUAGE = OpenApiParameter(
    "Accept-Language",
    location=OpenApiParameter.HEADER,
    description="The language of the messages for readers: `uk` (the default) or `en`.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "minLength": 1, "maxLength": 255},
    OpenApiParameter.HEADER,
    description="A new UUID for each comment or report, and the same for each attempt to send it: "
    "within a day it is stored once, and every attempt gets the first answer.",
)
REPLAYED_MEANS = "`true` if the same request was answered before."
RETRY_AFTER = "Seconds to wait before trying again."
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", location=OpenApiParameter.HEADER, description="The `ETag` of an answer."
)
UNCHANGED = OpenApiResponse(description="Unchanged since the ETag in If-None-Match.")
READ_PROBLEMS = problems(400, 404, 503)
LISTING: dict[str, Any] = {
    "summary": "List published comments with their first replies",
    "operation_id": "list_comments",
    "parameters": [
        KEY,
        OpenApiParameter(
            "order",
            enum=["newest", "oldest", "useful"],
            default="newest",
            description="`useful`: those with the most votes first, then the newest.",
        ),
        OpenApiParameter(
            "parent",
            {"type": "integer", "minimum": 0, "maximum": MAX_ID},
            description="Return the replies to this top comment instead, each before its answers.",
        ),
        OpenApiParameter("cursor", description="From `next` or `previous`."),
        OpenApiParameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
            description="Comments per page.",
        ),
        IF_NONE_MATCH,
        LANGUAGE,
        header("ETag", (200, 304), "Changes when the article's published comments change."),
        header("Retry-After", (503,), RETRY_AFTER, int),
    ],
    "responses": {
        200: OpenApiResponse(ThreadPageSerializer, "A page of comments."),
        304: UNCHANGED,
        **READ_PROBLEMS,
    },
    "examples": [shown(examples.THREAD_PAGE, 200)],
}
SUBMISSION: dict[str, Any] = {
    "summary": "Submit a comment",
    "operation_id": "submit_comment",
    "parameters": [
        KEY,
        IDEMPOTENCY_KEY,
        LANGUAGE,
        header("Retry-After", (409, 429, 503), RETRY_AFTER, int),
        header(REPLAYED, (202,), REPLAYED_MEANS),
    ],
    "responses": {
        202: OpenApiResponse(StatusSerializer, "Stored; it will be checked in a moment."),
        **problems(*(code for code in PROBLEM_DESCRIPTIONS if code != 401)),
    },
    "examples": [
        sent(
            "A comment",
            {
                "author_name": "Олена",
                "author_email": "olena@example.org",
                "text": "Дякую за новину.",
                "article": {
                    "url": "http://localhost/news/mist",
                    "title": "Міст відремонтують навесні",
                },
            },
        ),
        shown(examples.STATUS, 202),
    ],
}
ARTICLE: dict[str, Any] = {
    "summary": "Get an article",
    "operation_id": "article",
    "parameters": [
        KEY,
        IF_NONE_MATCH,
        LANGUAGE,
        header("ETag", (200, 304), "Changes when the article or its number of comments does."),
        header("Retry-After", (503,), RETRY_AFTER, int),
    ],
    "responses": {
        200: OpenApiResponse(ArticleSerializer, "The article."),
        304: UNCHANGED,
        **READ_PROBLEMS,
    },
    "examples": [shown(examples.ARTICLE, 200)],
}
REGISTRATION: dict[str, Any] = {
    "summary": "Register or change an article",
    "description": "For your own server, with a site key. Fields that you leave out keep their "
    "values, and the article keeps its comments when its address changes.",
    "operation_id": "register_article",
    "parameters": [KEY, LANGUAGE, header("Retry-After", (503,), RETRY_AFTER, int)],
    "responses": {
        200: OpenApiResponse(ArticleSerializer, "Updated."),
        201: OpenApiResponse(ArticleSerializer, "Created."),
        **problems(400, 401, 413, 415, 503),
    },
    "examples": [
        sent(
            "An article",
            {
                "url": "http://localhost/news/mist",
                "title": "Міст відремонтують навесні",
                "section": "Місто",
                "closes_at": None,
            },
        ),
        shown(examples.ARTICLE, 200, 201),
    ],
}
