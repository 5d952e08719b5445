"""The scores of a text, asked for and answered as by Perspective."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import checks
from comments.models import CheckedText, Comment, SiteKey
from moderation import model_registry
from tests.comments.protocols.perspective.conftest import Ask

pytestmark = pytest.mark.django_db
CLEAN = "Thank you, the bridge should have been repaired years ago."
INSULT = "Author, you are a stupid idiot, shut up."


def about(text: str, **more: Any) -> dict[str, Any]:
    return {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, **more}


def value(answer: Any, name: str = "TOXICITY") -> float:
    return float(answer["attributeScores"][name]["summaryScore"]["value"])


def test_an_answer_has_a_score_for_each_attribute_and_the_language(ask: Ask) -> None:
    response = ask(about(INSULT, requestedAttributes={"TOXICITY": {}, "SPAM": {}}))
    assert response.status_code == 200
    found = json.loads(response.content)
    scores = model_registry.for_site().score([INSULT])[0]
    for name in ("TOXICITY", "SPAM"):
        assert found["attributeScores"][name]["summaryScore"] == {
            "value": pytest.approx(scores[name.lower()]),
            "type": "PROBABILITY",
        }
    assert (found["languages"], found["detectedLanguages"]) == (["en"], ["en"])
    assert "clientToken" not in found


def test_an_insult_scores_high_and_a_remark_low_in_each_language(ask: Ask) -> None:
    insults = (INSULT, "Автор, ти тупий ідіот, закрий рота.", "Автор, ты тупой идиот, закрой рот.")
    remarks = (
        CLEAN,
        "Дякую, міст давно треба було полагодити.",
        "Спасибо, мост давно чинить пора.",
    )
    assert min(value(ask(about(text)).json()) for text in insults) > 0.8
    assert max(value(ask(about(text)).json()) for text in remarks) < 0.3


def test_snake_case_names_no_content_type_and_foreign_parameters_are_taken(
    check_key: Callable[..., str], client: Client
) -> None:
    body = {"comment": {"text": INSULT}, "requested_attributes": {"TOXICITY": {}}}
    body |= {"client_token": "t-1", "do_not_store": True, "unknown": 5}
    address = f"/v1alpha1/comments:analyze?key={check_key()}&alt=json"
    for content_type in ("", "text/plain", "application/x-www-form-urlencoded"):
        answer = client.post(address, json.dumps(body).encode(), content_type=content_type)
        assert answer.json()["clientToken"] == "t-1"


def test_scores_under_their_threshold_are_left_out_and_then_the_whole_entry(ask: Ask) -> None:
    asked = {"TOXICITY": {"scoreThreshold": 0.5}, "SPAM": {"scoreThreshold": 0.99}}
    assert set(ask(about(INSULT, requestedAttributes=asked)).json()["attributeScores"]) == {
        "TOXICITY"
    }
    found = ask(about(CLEAN, requestedAttributes=asked)).json()
    assert "attributeScores" not in found
    assert found["detectedLanguages"] == ["en"]


def test_context_session_and_community_are_taken_and_change_no_score(ask: Ask) -> None:
    context = {"articleAndParentComment": {"article": {"text": "A bridge."}}}
    more = {"context": context, "sessionId": "s", "communityId": "Site:https://www.example.org"}
    assert value(ask(about(INSULT, **more)).json()) == value(ask(about(INSULT)).json())


def test_any_page_may_ask_without_cookies(ask: Ask, client: Client) -> None:
    preflight = client.options(
        "/v1alpha1/comments:analyze",
        headers={"Origin": "https://example.org", "Access-Control-Request-Method": "POST"},
    )
    assert preflight.status_code == 200
    for answer in (preflight, ask(about(CLEAN)), ask({}), ask(about(CLEAN), key="wrong")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert not answer.cookies


def test_a_browser_that_sends_no_csrf_token_is_answered(check_key: Callable[..., str]) -> None:
    strict = Client(enforce_csrf_checks=True)
    address = f"/v1alpha1/comments:analyze?key={check_key()}"
    assert strict.post(address, about(CLEAN), content_type="application/json").status_code == 200


def test_checks_are_counted_and_nothing_else_is_stored(ask: Ask) -> None:
    for text in (CLEAN, INSULT, INSULT):
        ask(about(text))
    used = checks.usage(SiteKey.objects.get(), since=timezone.localdate())
    assert (used.checks, used.spam) == (3, 2)
    assert not Comment.objects.exists()
    assert not CheckedText.objects.exists()


def test_a_key_that_keeps_texts_keeps_none_that_is_not_to_be_stored(ask: Ask) -> None:
    ask(about(CLEAN))
    SiteKey.objects.update(text_kept_days=7)
    ask(about(INSULT, doNotStore=True))
    assert not CheckedText.objects.exists()
    ask(about(f"\0{CLEAN} \ud800"))
    assert CheckedText.objects.get().text == f" {CLEAN} ?"


def test_a_check_asks_the_database_little(ask: Ask) -> None:
    ask(about(CLEAN))
    with CaptureQueriesContext(connection) as queries:
        ask(about(INSULT))
    assert len(queries) <= 4, [each["sql"] for each in queries]
