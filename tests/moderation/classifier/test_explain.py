"""An explanation points into the original text and adds up to the score."""

import pytest

from moderation.classifier import Ensemble, load

TEXTS = [
    "Дякую, але ти повний ідіот, закрий рота!",
    "Ты д-у-р-а-к и ничтожество",
    "You are a fucking m0ron, sir",
    "Заробіток щодня, пишіть @someone https://a.example.com",
    "ду\u200bрень",
    "",
    "   ",
    "!!!",
    "🎁",
    "\ud800 слово",
    "ти дурень. " * 900,
]


@pytest.fixture(scope="module")
def classifier() -> Ensemble:
    return load()


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_base_signals_and_spans_add_up_to_the_score(classifier: Ensemble, text: str) -> None:
    (scores,) = classifier.score([text])
    explained = classifier.explain(text)
    assert set(explained) == {"spam", "toxicity"}
    for name, found in explained.items():
        total = found.base + found.signals + sum(span.weight for span in found.spans)
        assert total == pytest.approx(found.score, abs=1e-9)
        assert found.score == pytest.approx(scores[name], abs=1e-6)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_spans_are_in_order_and_inside_the_text(classifier: Ensemble, text: str) -> None:
    for found in classifier.explain(text).values():
        end = 0
        for span in found.spans:
            assert end <= span.start < span.end <= len(text)
            end = span.end


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Дякую, але ти повний ідіот", "ідіот"),
        ("Привет, ты д-у-р-а-к, наверное", "д-у-р-а-к"),
        ("I think he is an idi\u200bot, honestly", "idi\u200bot"),
        ("Well, what a m0ron he is", "m0ron"),
    ],
)
def test_the_insult_is_marked_as_it_was_written(classifier: Ensemble, text: str, word: str) -> None:
    found = classifier.explain(text)["toxicity"]
    strongest = max(found.spans, key=lambda span: span.weight)
    assert text[strongest.start : strongest.end] == word
    assert any(start <= strongest.start < end for start, end in found.marked())


def test_spans_at_the_end_of_a_long_text_are_offsets_in_the_original(
    classifier: Ensemble,
) -> None:
    text = "добре " * 2000 + "ідіот"
    last = classifier.explain(text)["toxicity"].spans[-1]
    assert text[last.start : last.end] == "ідіот"
