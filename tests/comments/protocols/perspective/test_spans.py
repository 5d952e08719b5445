"""The places of a score, in units of UTF-16, as JavaScript counts them."""

from typing import Any

import pytest

from tests.comments.protocols.perspective.conftest import Ask

pytestmark = pytest.mark.django_db
TEXT = "🙂🙂 Thank you for the article, I liked it. But you are a stupid idiot."


def spans(ask: Ask, text: str, **more: Any) -> list[dict[str, Any]]:
    body = {"comment": {"text": text}, "requestedAttributes": {"TOXICITY": {}}, **more}
    found: list[dict[str, Any]] = ask(body).json()["attributeScores"]["TOXICITY"]["spanScores"]
    return found


def utf16_slice(text: str, begin: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le")


def test_the_words_that_raised_a_score_are_marked(ask: Ask) -> None:
    found = spans(ask, TEXT, spanAnnotations=True)
    marked = [utf16_slice(TEXT, each["begin"], each["end"]) for each in found]
    assert any("idiot" in each for each in marked)
    assert not any("Thank" in each for each in marked)
    for each in found:
        assert each["score"]["type"] == "PROBABILITY"
        assert 0.5 < each["score"]["value"] <= 1


def test_unasked_the_whole_text_is_one_span(ask: Ask) -> None:
    (found,) = spans(ask, TEXT)
    assert (found["begin"], utf16_slice(TEXT, 0, found["end"])) == (0, TEXT)


def test_a_text_without_such_words_is_one_span(ask: Ask) -> None:
    (found,) = spans(ask, "👍", spanAnnotations=True)
    assert (found["begin"], found["end"]) == (0, 2)
