"""The text's own language decides: callers often state another one."""

from typing import Any

import pytest

from tests.comments.protocols.perspective.conftest import Ask

pytestmark = pytest.mark.django_db
UKRAINIAN = "Автор, ти тупий ідіот, закрий рота."
POLISH = "Dziękuję bardzo za ten artykuł, most powinien być naprawiony już dawno temu."


def asking(text: str, *languages: str, **more: Any) -> dict[str, Any]:
    body = {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, **more}
    return body | {"languages": list(languages)} if languages else body


def test_a_ukrainian_text_that_is_said_to_be_english_is_judged_as_ukrainian(ask: Ask) -> None:
    found = ask(asking(UKRAINIAN, "en")).json()
    detected = ask(asking(UKRAINIAN)).json()
    assert found["attributeScores"] == detected["attributeScores"]
    assert (found["languages"], found["detectedLanguages"]) == (["en"], ["uk"])
    assert detected["languages"] == ["uk"]


@pytest.mark.parametrize("stated", [("uk",), ("ru", "en"), ("uk-UA",), ("EN_us",)])
def test_our_languages_may_be_stated_in_any_form(ask: Ask, stated: tuple[str, ...]) -> None:
    assert ask(asking(UKRAINIAN, *stated)).json()["languages"] == list(stated)


def test_a_stated_language_that_is_not_ours_is_refused(ask: Ask) -> None:
    response = ask(asking(UKRAINIAN, "en", "de", "pl"))
    error = response.json()["error"]
    assert response.status_code == 400
    assert error["message"] == "Attribute TOXICITY does not support request languages: de,pl"
    (detail,) = error["details"]
    assert detail["errorType"] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    assert detail["languageNotSupportedByAttributeError"] == {
        "attribute": "TOXICITY",
        "requestedLanguages": ["de", "pl"],
    }
    dropped = ask(asking(UKRAINIAN, "de", dropUnsupportedAttributes=True))
    assert dropped.json()["error"] == ask(asking(UKRAINIAN, "de")).json()["error"]


def test_a_text_in_another_language_gets_no_score_whatever_is_stated(ask: Ask) -> None:
    error = ask(asking(POLISH)).json()["error"]
    assert error["message"] == "Unable to detect language"
    assert error["details"][0]["errorType"] == "LANGUAGE_DETECTION_FAILED"
    (detail,) = ask(asking(POLISH, "en")).json()["error"]["details"]
    assert detail["errorType"] == "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE"
    assert detail["languageNotSupportedByAttributeError"]["detectedLanguages"] == ["und"]


@pytest.mark.parametrize("text", ["👍👍", "+1", "12:30", "ok"])
def test_a_text_too_short_for_a_language_is_scored(ask: Ask, text: str) -> None:
    found = ask(asking(text)).json()
    assert found["attributeScores"]["TOXICITY"]["summaryScore"]["value"] < 0.5
