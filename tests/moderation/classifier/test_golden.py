"""The shipped model still gives the scores that it gave after training."""

import json

import pytest

from moderation.classifier.store import SHIPPED, made_with, read_info
from tests.moderation.classifier.golden import DIGITS, DIGITS_OF_BOTH, KEPT, TEXTS, scored

RETRAIN = (
    "Text is read or scored differently than when the model was trained. Retrain (`make model`, "
    "then `python -m tests.moderation.classifier.golden`) or revert the change."
)
KNOWN = json.loads(KEPT.read_text("utf-8"))
SCORED = scored()


@pytest.mark.parametrize("number", range(60))
def test_scores_are_exactly_the_known_ones(number: int) -> None:
    found, known = SCORED[number], KNOWN[number]
    assert (found["text"], found["language"]) == (known["text"], known["language"]), RETRAIN
    for attribute in ("spam", "toxicity"):
        within = pytest.approx(known[attribute], rel=0, abs=2 * 10**-DIGITS)
        assert found[attribute] == within, RETRAIN
        within = pytest.approx(known["both"][attribute], rel=0, abs=2 * 10**-DIGITS_OF_BOTH)
        assert found["both"][attribute] == within, RETRAIN


def test_the_texts_have_low_middle_and_high_scores() -> None:
    """Otherwise a change of the model might not show in the scores."""
    for attribute in ("spam", "toxicity"):
        values = [row["both"][attribute] for row in KNOWN]
        assert min(values) < 0.05 < 0.95 < max(values)
        assert sum(0.05 < value < 0.95 for value in values) >= 3
    assert {row["language"] for row in KNOWN} == {"uk", "ru", "en", "other"}
    assert len(TEXTS) == len(KNOWN) == 60


def test_the_folding_tables_are_those_the_model_was_trained_with() -> None:
    assert made_with()["tables"] == read_info(SHIPPED)["made_with"]["tables"], RETRAIN
