"""What cannot be answered is refused in Perspective's words, never with a made-up number."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from limits import parse_many

from comments.models import KeyScope, Site, SiteKey
from comments.protocols.perspective import analyzing
from moderation.model_registry import ScorerError
from tests.comments.protocols.perspective.conftest import Ask

pytestmark = pytest.mark.django_db
TEXT = {"text": "Thank you for the article."}
TOXICITY: dict[str, Any] = {"TOXICITY": {}}
Body = dict[str, Any]


def asking(attributes: Any = None, **more: Any) -> Body:
    return {"comment": TEXT, "requestedAttributes": attributes or TOXICITY, **more}


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (asking(comment={}), "COMMENT_EMPTY", "Comment must be non-empty."),
        (asking(comment={"text": " \n"}), "COMMENT_EMPTY", "Comment must be non-empty."),
        (asking(comment={"text": "ї" * 10_241}), "COMMENT_TOO_LONG", "Comment text too long."),
        (
            asking(comment={**TEXT, "type": "HTML"}),
            "INVALID_REQUEST",
            "Currently, only 'PLAIN_TEXT' comments are supported",
        ),
        ({"comment": TEXT}, "NO_REQUESTED_ATTRIBUTES", "Missing requested_attributes"),
        (
            asking({"TOXICITY": {}, "INSULT": {}}),
            "INVALID_REQUEST",
            "Unknown requested attribute: INSULT",
        ),
        (
            asking({"TOXICITY": {"scoreType": "PERCENTILE"}}),
            "INVALID_REQUEST",
            "Requested score type PERCENTILE is not supported by attribute TOXICITY",
        ),
        (asking(comment="text"), "INVALID_REQUEST", "Invalid value at 'comment' (TYPE_MESSAGE)"),
        (asking(comment={"text": 5}), "INVALID_REQUEST", "Invalid value at 'text' (TYPE_STRING)"),
        (
            asking({"TOXICITY": {"scoreThreshold": "0.5"}}),
            "INVALID_REQUEST",
            "Invalid value at 'score_threshold' (TYPE_FLOAT)",
        ),
        (asking(languages="en"), "INVALID_REQUEST", "Invalid value at 'languages' (TYPE_ARRAY)"),
        (asking(languages=[5]), "INVALID_REQUEST", "Invalid value at 'languages' (TYPE_STRING)"),
        (
            asking(doNotStore="yes"),
            "INVALID_REQUEST",
            "Invalid value at 'do_not_store' (TYPE_BOOL)",
        ),
        (
            asking({"TOXICITY": [1]}),
            "INVALID_REQUEST",
            "Invalid value at 'requested_attributes[TOXICITY]' (TYPE_MESSAGE)",
        ),
    ],
)
def test_a_faulty_request_is_told_what_is_wrong(
    ask: Ask, body: Body, kind: str, words: str
) -> None:
    response = ask(body)
    error = response.json()["error"]
    assert response.status_code == error["code"] == 400
    assert (error["status"], error["message"]) == ("INVALID_ARGUMENT", words)
    (detail,) = error["details"]
    assert detail["@type"] == "type.googleapis.com/google.commentanalyzer.v1alpha1.Error"
    assert detail["errorType"] == kind


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"a": NaN}', "[" * 100_000, b"\xff\xfe1"])
def test_what_is_no_json_object_is_refused(ask: Ask, body: str | bytes) -> None:
    response = ask(body)
    assert response.status_code == 400
    assert response.json()["error"]["message"].startswith("Invalid JSON payload received.")


def test_attributes_without_a_basis_are_dropped_only_on_demand(ask: Ask) -> None:
    six: Body = {"TOXICITY": {}, "SEVERE_TOXICITY": {}, "THREAT": {}, "FLIRTATION": {}}
    found = ask(asking(six, dropUnsupportedAttributes=True)).json()
    assert set(found["attributeScores"]) == {"TOXICITY"}
    others: list[Body] = [{"THREAT": {}, "FLIRTATION": {}}, {"TOXICITY": {}, "TOXICTY": {}}]
    for asked in others:
        refused = ask(asking(asked, dropUnsupportedAttributes=True))
        assert refused.status_code == 400
        assert refused.json()["error"]["message"].startswith("Unknown requested attribute: ")


def test_an_unknown_key_is_refused_and_a_missing_one_too(ask: Ask, client: Client) -> None:
    program = SiteKey.objects.add(Site.objects.default(), "app", KeyScope.DECIDE)
    for key in ("abcdefgh1234", program):
        error = ask(asking(), key=key).json()["error"]
        assert (error["code"], error["details"][0]["reason"]) == (400, "API_KEY_INVALID")
        assert error["message"] == "API key not valid. Please pass a valid API key."
    missing = client.post("/v1alpha1/comments:analyze", asking(), content_type="application/json")
    assert (missing.status_code, missing.json()["error"]["status"]) == (403, "PERMISSION_DENIED")


def test_the_key_may_come_in_googles_header(check_key: Callable[..., str], client: Client) -> None:
    sent = {"X-Goog-Api-Key": check_key()}
    answer = client.post(
        "/v1alpha1/comments:analyze", asking(), content_type="application/json", headers=sent
    )
    assert answer.status_code == 200


@pytest.mark.usefixtures("broker")
def test_a_full_limit_says_when_there_is_room(ask: Ask, settings: Any) -> None:
    settings.THROTTLES, settings.THROTTLE_CHECKS = True, parse_many("1/minute")
    assert ask(asking()).status_code == 200
    response = ask(asking())
    error = response.json()["error"]
    assert (response.status_code, error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert error["message"].startswith(
        "Quota exceeded for quota metric 'Analysis requests (AnalyzeComment)'"
    )
    assert error["details"][0]["reason"] == "RATE_LIMIT_EXCEEDED"
    assert 0 < int(response.headers["Retry-After"]) <= 60


@pytest.mark.parametrize("error", [ScorerError("broken"), OperationalError("gone")])
def test_without_model_or_database_there_is_an_error_and_no_score(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(**_sent: object) -> None:
        raise error

    monkeypatch.setattr(analyzing, "judge", fail)
    response = ask(asking())
    assert (response.status_code, response.json()["error"]["status"]) == (503, "UNAVAILABLE")


def test_other_methods_are_not_found(client: Client) -> None:
    for response in (client.get("/v1alpha1/comments:analyze"), client.post("/$discovery/rest")):
        assert (response.status_code, response.json()["error"]["status"]) == (404, "NOT_FOUND")


def test_a_body_that_is_far_too_large_is_refused_as_json(ask: Ask) -> None:
    response = ask("x" * (1024 * 1024 + 1))
    assert (response.status_code, response.json()["error"]["code"]) == (413, 413)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
