"""A change of the API that would break a program written against it is found."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.openapi import committed, generated, text
from tests.openapi_changes import breaking_changes

COMMENTS = "/api/v1/articles/{key}/comments/"
OLD = committed()


def schema(new: Any, name: str) -> Any:
    return new["components"]["schemas"][name]


def operation(new: Any, path: str = COMMENTS, method: str = "get") -> Any:
    return new["paths"][path][method]


def parameter(new: Any, name: str) -> Any:
    return next(each for each in operation(new)["parameters"] if each["name"] == name)


def drop(owner: Any, name: str) -> None:
    del owner[name]


BREAKING: dict[str, Callable[[Any], object]] = {
    "GET /api/v1/counts/ is gone": lambda new: drop(new["paths"], "/api/v1/counts/"),
    "generated clients call it": lambda new: operation(new).update(operationId="listed"),
    "now needs a key": lambda new: operation(new).update(security=[{"siteKey": []}]),
    "the parameter limit is gone": lambda new: operation(new)["parameters"].remove(
        parameter(new, "limit")
    ),
    "the parameter order is now required": lambda new: parameter(new, "order").update(
        required=True
    ),
    "the parameter order takes fewer values": lambda new: parameter(new, "order")["schema"].update(
        enum=["newest"]
    ),
    "the parameter limit has a narrower maximum": lambda new: parameter(new, "limit")[
        "schema"
    ].update(maximum=50),
    "text has a narrower maxLength": lambda new: schema(new, "SubmissionRequest")["properties"][
        "text"
    ].update(maxLength=100),
    "author_url is now required": lambda new: schema(new, "SubmissionRequest")["required"].append(
        "author_url"
    ),
    "author_name takes another type": lambda new: schema(new, "SubmissionRequest")["properties"][
        "author_name"
    ].update(type="integer"),
    "challenge is gone": lambda new: drop(
        schema(new, "SubmissionRequest")["properties"], "challenge"
    ),
    "html is gone": lambda new: drop(schema(new, "Thread")["properties"], "html"),
    "text may be missing": lambda new: schema(new, "Thread")["required"].remove("text"),
    "text is another type": lambda new: schema(new, "Thread")["properties"]["text"].update(
        type=["string", "null"]
    ),
    "each: created_at is another type": lambda new: schema(new, "Reply")["properties"][
        "created_at"
    ].update(type="integer"),
    "no longer answers 202": lambda new: drop(operation(new, method="post")["responses"], "202"),
    "the header ETag of 200 is gone": lambda new: drop(
        operation(new)["responses"]["200"]["headers"], "ETag"
    ),
    "no longer takes application/json": lambda new: drop(
        operation(new, method="post")["requestBody"]["content"], "application/json"
    ),
}
HARMLESS: dict[str, Callable[[Any], object]] = {
    "nothing": lambda new: None,
    "a new path": lambda new: new["paths"].update({"/api/v1/new/": {}}),
    "a new optional parameter": lambda new: operation(new)["parameters"].append(
        {"in": "query", "name": "section", "schema": {"type": "string"}}
    ),
    "a new field in an answer": lambda new: schema(new, "Thread")["properties"].update(
        votes={"type": "integer"}
    ),
    "a new optional field to send": lambda new: schema(new, "SubmissionRequest")[
        "properties"
    ].update(mood={"type": "string"}),
    "a new reason": lambda new: schema(new, "StatusEnum")["enum"].append("withdrawn"),
    "a wider limit": lambda new: parameter(new, "limit")["schema"].update(maximum=200),
    "another wording": lambda new: operation(new).update(summary="The comments"),
}


@pytest.mark.parametrize("sentence", BREAKING)
def test_what_breaks_a_program_is_named(sentence: str) -> None:
    new = copy.deepcopy(OLD)
    BREAKING[sentence](new)
    found = breaking_changes(OLD, new)
    assert any(sentence in each for each in found), found


@pytest.mark.parametrize("change", HARMLESS)
def test_what_is_only_added_is_not(change: str) -> None:
    new = copy.deepcopy(OLD)
    HARMLESS[change](new)
    assert breaking_changes(OLD, new) == []


def test_the_code_breaks_nothing_that_is_documented() -> None:
    assert breaking_changes(OLD, json.loads(text(generated()))) == []
