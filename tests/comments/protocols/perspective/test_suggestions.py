"""What people of the other system say about a text becomes a label."""

from typing import Any

import pytest
from django.utils import timezone

from comments import checks
from comments.models import CheckedText, SiteKey
from tests.comments.protocols.perspective.conftest import Ask

pytestmark = pytest.mark.django_db
CLEAN = "Thank you, the bridge should have been repaired years ago."
INSULT = "Author, you are a stupid idiot, shut up."


def saying(text: str, value: Any, name: str = "TOXICITY", **more: Any) -> dict[str, Any]:
    scores = {name: {"summaryScore": {"value": value}}}
    return {"comment": {"text": text}, "attributeScores": scores, **more}


def mistakes() -> tuple[int, int]:
    used = checks.usage(SiteKey.objects.get(), since=timezone.localdate())
    return used.missed, used.false_alarms


def test_a_suggestion_is_answered_and_stored_without_the_text(ask: Ask) -> None:
    body = saying(CLEAN, 1, clientToken="comment:7", languages=["en"])
    assert ask(body, method="suggestscore").json() == {
        "clientToken": "comment:7",
        "detectedLanguages": ["en"],
        "requestedLanguages": ["en"],
    }
    row = CheckedText.objects.get()
    assert (row.text, row.suggested) == ("", {"toxicity": 1.0})


def test_a_key_that_keeps_texts_keeps_it_with_our_scores_and_theirs(ask: Ask) -> None:
    ask(saying(CLEAN, 0), method="suggestscore")
    SiteKey.objects.update(text_kept_days=7)
    ask({"comment": {"text": INSULT}, "requestedAttributes": {"TOXICITY": {}}})
    ask(saying(INSULT, 0.9), method="suggestscore")
    ask(saying(INSULT, 0.1, "SPAM"), method="suggestscore")
    row = CheckedText.objects.get(text=INSULT)
    assert row.suggested == {"toxicity": 0.9, "spam": 0.1}
    assert row.scores["toxicity"] > 0.5
    (exported,) = checks.labelled()
    wanted = {"text": INSULT, "want": "remove", "toxic": 1, "spam": 0}
    assert wanted.items() <= exported.items()


def test_only_what_contradicts_our_answer_counts_as_a_mistake_and_once(ask: Ask) -> None:
    for text, value in ((CLEAN, 0), (INSULT, 1)):
        ask(saying(text, value), method="suggestscore")
    assert mistakes() == (0, 0)
    for text, value in ((CLEAN, 1), (CLEAN, 1), (INSULT, 0)):
        ask(saying(text, value), method="suggestscore")
    assert mistakes() == (1, 1)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"comment": {"text": CLEAN}}, "Missing attribute_scores"),
        (saying("", 1), "Comment must be non-empty."),
        (saying(CLEAN, 1, "INSULT"), "Unknown requested attribute: INSULT"),
        (saying(CLEAN, 1.5), "Invalid score of TOXICITY: a number from 0 to 1 is needed"),
        (saying(CLEAN, None), "Invalid score of TOXICITY: a number from 0 to 1 is needed"),
        (saying(CLEAN, True), "Invalid value at 'value' (TYPE_FLOAT)"),
        (saying(CLEAN, 10**400), "Invalid score of TOXICITY: a number from 0 to 1 is needed"),
    ],
)
def test_a_faulty_suggestion_is_refused(ask: Ask, body: dict[str, Any], words: str) -> None:
    response = ask(body, method="suggestscore")
    assert response.status_code == 400
    assert response.json()["error"]["message"] == words
    assert not CheckedText.objects.exists()
