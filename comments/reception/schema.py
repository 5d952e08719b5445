"""What the OpenAPI document adds to the serializers: answers, headers, examples."""

from collections.abc import Iterable
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from comments.reception.article_serializers import ArticleSerializer
from comments.reception.serializers import (
    ProblemSerializer,
    StatusSerializer,
    ThreadPageSerializer,
)
from comments.validators import KEY_LONGEST

KIND = "application/problem+json"
SAYS = {
    400: "A field or a parameter is at fault: one of `errors` for each.",
    401: "There is no site key in `Authorization: Bearer`, or none that is in force.",
    403: "The discussion is closed.",
    404: "There is no such article, site, comment or page.",
    413: "More than a megabyte.",
    415: "The body is not `application/json`.",
    429: "Too many comments: try again after `Retry-After` seconds.",
    503: "The database is out and nothing is stored: try again after `Retry-After` seconds.",
}


def problems(*codes: int) -> dict[tuple[int, str], OpenApiResponse]:
    """The refusals that an operation may answer with."""
    return {(code, KIND): OpenApiResponse(ProblemSerializer, SAYS[code]) for code in codes}


def _header(name: str, codes: Iterable[int], description: str, kind: type = str) -> Any:
    return OpenApiParameter(
        name, kind, OpenApiParameter.HEADER, response=list(codes), description=description
    )


def of_the_first_site(endpoints: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The same stands below `sites/` for each other one: the document says it once."""
    return [each for each in endpoints if not each[0].startswith("/api/v1/sites/")]


KEY = OpenApiParameter(
    "key",
    {"type": "string", "pattern": "^[A-Za-z0-9_][A-Za-z0-9_.~-]*$", "maxLength": KEY_LONGEST},
    OpenApiParameter.PATH,
    description="What your website calls the article, such as its number or its slug.",
)
LANGUAGE = OpenApiParameter(
    "Accept-Language",
    location=OpenApiParameter.HEADER,
    description="`uk` or `en`, for the sentences that a reader sees; Ukrainian unless told.",
)
LATER = "Seconds after which to try again."
PROBLEM = problems(400, 404, 503)
LISTING: dict[str, Any] = {
    "summary": "Published comments, with the first of their replies",
    "operation_id": "list_comments",
    "parameters": [
        KEY,
        OpenApiParameter("order", enum=["newest", "oldest"], default="newest"),
        OpenApiParameter("parent", int, description="All replies to this comment instead."),
        OpenApiParameter("cursor", description="Taken from `next` and `previous`."),
        OpenApiParameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
            description="Comments a page.",
        ),
        OpenApiParameter("If-None-Match", location=OpenApiParameter.HEADER),
        LANGUAGE,
        _header("ETag", (200, 304), "Changes with the published comments of the article."),
        _header("Retry-After", (503,), LATER, int),
    ],
    "responses": {
        200: OpenApiResponse(ThreadPageSerializer, "A page of comments."),
        304: OpenApiResponse(description="Unchanged since the ETag in If-None-Match."),
        **PROBLEM,
    },
}
SUBMISSION: dict[str, Any] = {
    "summary": "Leave a comment",
    "operation_id": "submit_comment",
    "parameters": [KEY, LANGUAGE, _header("Retry-After", (429, 503), LATER, int)],
    "responses": {
        202: OpenApiResponse(StatusSerializer, "Stored; it is checked in a moment."),
        **problems(*(code for code in SAYS if code != 401)),
    },
    "examples": [
        OpenApiExample(
            "A comment",
            request_only=True,
            value={
                "author_name": "Олена",
                "author_email": "olena@example.org",
                "text": "Дякую за новину.",
                "article": {
                    "url": "http://localhost/news/mist",
                    "title": "Міст відремонтують навесні",
                },
            },
        )
    ],
}
ARTICLE: dict[str, Any] = {
    "summary": "What is known of an article",
    "operation_id": "article",
    "parameters": [KEY, LANGUAGE, _header("Retry-After", (503,), LATER, int)],
    "responses": {
        200: OpenApiResponse(ArticleSerializer, "As it is now."),
        **PROBLEM,
    },
}
REGISTRATION: dict[str, Any] = {
    "summary": "Register an article, move it, close its discussion",
    "description": "For your own server, with a site key. A field that is left out stays as it "
    "is, and so do the comments, wherever the article moves to.",
    "operation_id": "register_article",
    "parameters": [KEY, LANGUAGE, _header("Retry-After", (503,), LATER, int)],
    "responses": {
        200: OpenApiResponse(ArticleSerializer, "It was known, and is now as sent."),
        201: OpenApiResponse(ArticleSerializer, "It is new."),
        **problems(400, 401, 413, 415, 503),
    },
    "examples": [
        OpenApiExample(
            "An article",
            request_only=True,
            value={
                "url": "http://localhost/news/mist",
                "title": "Міст відремонтують навесні",
                "section": "Місто",
                "closes_at": None,
            },
        )
    ],
}
FATE: dict[str, Any] = {
    "summary": "What became of a comment",
    "operation_id": "submission_status",
    "parameters": [LANGUAGE, _header("Retry-After", (503,), LATER, int)],
    "responses": {
        200: OpenApiResponse(StatusSerializer, "As it is now; ask again while it is `pending`."),
        **PROBLEM,
    },
}
