"""Composed and disguised training texts are the same every time and have the right labels."""

import random
import re
from collections import Counter
from pathlib import Path

import pytest

from moderation.classifier.text import folded
from moderation.classifier.training.augment import DISGUISES, disguised_copies
from moderation.classifier.training.datasets import Example
from moderation.classifier.training.synthetic import PHRASES, compose, expand, read_phrases


def test_the_same_texts_are_composed_every_time() -> None:
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


@pytest.mark.parametrize("path", sorted(PHRASES.glob("*.ini")), ids=lambda path: path.stem)
def test_every_slot_of_a_phrase_has_phrases(path: Path) -> None:
    languages = read_phrases(path.stem)
    assert {"uk", "ru"} <= set(languages)
    for phrases in languages.values():
        wanted = {slot for listed in phrases.values() for slot in re.findall(r"{(\w+)}", listed)}
        assert wanted <= set(phrases)
        assert all(phrases.values())


def test_common_lists_are_merged_with_those_of_a_language() -> None:
    offers = read_phrases("offers")
    assert offers["uk"]["link"] == offers["en"]["link"]
    assert offers["uk"]["job"] != offers["en"]["job"]
    assert "\n" in read_phrases("news")["uk"]["post"]
    assert expand("n", {"n": "{m}!", "m": "a"}, random.Random(1)) == "a!"


def test_contempt_and_harmless_sentences_like_it_have_opposite_labels() -> None:
    toxicity = {example.text.lower().rstrip("."): example.toxicity for example in compose()}
    assert toxicity["квочка висиділа дванадцять курчат"] == 0
    assert {label for text, label in toxicity.items() if text.endswith("платять податки")} == {0}
    assert {label for text, label in toxicity.items() if "понаїхали сюди" in text} == {1}


@pytest.mark.parametrize("name", ["hidden", "lookalikes", "doubled", "tagged", "bracketed"])
def test_folding_undoes_a_disguise_completely(name: str) -> None:
    text = "ви повний нездара і брехун, пане депутате"
    assert folded(DISGUISES[name](text, random.Random(1))) == folded(text)


@pytest.mark.parametrize("name", sorted(DISGUISES))
def test_every_disguise_changes_a_text_and_the_same_way_each_time(name: str) -> None:
    text = "ви повний нездара і брехун, пане депутате"
    changed, again = (DISGUISES[name](text, random.Random(2)) for _ in range(2))
    assert changed == again != text


def test_folding_joins_separated_letters() -> None:
    disguised = DISGUISES["spaced"]("повний нездара", random.Random(2))
    assert folded(disguised).replace(" ", "") == "повнийнездара"


def test_transliteration_leaves_no_cyrillic_and_varies() -> None:
    written = {DISGUISES["transliterated"]("Щастя й Їжак", random.Random(n)) for n in range(20)}
    assert all(text.isascii() for text in written)
    assert len(written) > 5


def test_disguised_copies_keep_label_and_family() -> None:
    examples = [Example("звичайний довгий коментар", "s", "f", "g", 1, None) for _ in range(50)]
    copies = disguised_copies(examples)
    assert 5 < len(copies) < 40
    assert {(copy.toxicity, copy.family, copy.group) for copy in copies} == {(1, "f", "g")}
    assert copies == disguised_copies(examples)
