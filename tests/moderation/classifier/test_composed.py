"""Composed and disguised training texts are the same each time, and labelled as meant."""

import random
from collections import Counter

import pytest

from moderation.classifier.composed import compose
from moderation.classifier.dataset import Example
from moderation.classifier.disguise import DISGUISES, disguised_copies
from moderation.classifier.text import folded


def test_the_same_texts_are_composed_each_time() -> None:
    assert compose() == compose()


def test_each_language_has_both_labels_of_each_attribute() -> None:
    examples = compose()
    toxicity = Counter((example.language, example.toxicity) for example in examples)
    spam = Counter((example.language, example.spam) for example in examples)
    for language in ("uk", "ru", "en"):
        for label in (0, 1):
            assert toxicity[language, label] > 500
            assert spam[language, label] > 500
    assert not any("{" in example.text for example in examples)


@pytest.mark.parametrize("name", ["hidden", "lookalikes"])
def test_folding_undoes_a_disguise_wholly(name: str) -> None:
    text = "ви повний нездара і брехун, пане депутате"
    assert folded(DISGUISES[name](text, random.Random(1))) == folded(text)


def test_folding_undoes_letters_set_apart() -> None:
    disguised = DISGUISES["spaced"]("повний нездара", random.Random(2))
    assert folded(disguised).replace(" ", "") == "повнийнездара"


def test_transliteration_leaves_no_cyrillic() -> None:
    assert DISGUISES["transliterated"]("Щастя й Їжак", random.Random(1)).isascii()


def test_disguised_copies_keep_label_and_family() -> None:
    examples = [Example("звичайний довгий коментар", "s", "f", "g", 1, None) for _ in range(50)]
    copies = disguised_copies(examples)
    assert 5 < len(copies) < 40
    assert {(copy.toxicity, copy.family, copy.group) for copy in copies} == {(1, "f", "g")}
    assert copies == disguised_copies(examples)
