"""Threats, calls, bait and disclosures are held in three languages; their neighbours are not."""

import re

import pytest

from moderation.policy.grammar import Grammar, Pattern, in_any_order
from moderation.policy.patterns import PATTERNS, words
from moderation.policy.personal_data import personal_data
from moderation.policy.threats import threats
from tests.moderation.policy.disclosure_sentences import DISCLOSED
from tests.moderation.policy.hint_sentences import BAIT, VEILED
from tests.moderation.policy.innocent_sentences import INNOCENT
from tests.moderation.policy.violence_sentences import CALLS, OPEN


@pytest.mark.parametrize("text", [*OPEN, *VEILED, *CALLS, *BAIT])
def test_a_threat_a_call_or_bait_is_found(text: str) -> None:
    assert threats(text)


@pytest.mark.parametrize("text", DISCLOSED)
def test_a_private_person_handed_over_is_found(text: str) -> None:
    assert personal_data(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_an_innocent_neighbour_is_not_found(text: str) -> None:
    assert threats(text) == []
    assert personal_data(text) == []


def test_every_class_of_words_is_used_by_a_pattern() -> None:
    parts = (f"{each.order} {each.unless} {each.requires}".split() for each in PATTERNS)
    used = {name for each in parts for part in each for name in part.lstrip("!").split("|")}
    assert set(words()) <= used


def test_a_word_in_small_letters_stands_for_itself_and_end_for_the_end_of_a_sentence() -> None:
    grammar = Grammar({"GO": "йд*"}, [Pattern("GO додому|END")])
    assert [*grammar.find("Я йду додому, і все")] == [(2, 12)]
    assert [*grammar.find("Я йду. Бувай")] == [(2, 5)]
    assert [*grammar.find("Я йду геть звідси")] == []


def test_classes_in_any_order_are_found_in_each_of_them() -> None:
    grammar = Grammar({"GO": "йд*", "HOME": "дім"}, in_any_order("GO", "HOME", gap=1))
    assert [*grammar.find("йду в дім")] == [(0, 9)]
    assert [*grammar.find("дім, йду")] == [(0, 8)]


def test_a_class_named_twice_gives_no_pattern_twice() -> None:
    assert in_any_order("HOOK", "HOOK", gap=1) == [Pattern("HOOK ~1 HOOK")]


def test_no_pattern_is_listed_twice() -> None:
    assert len(set(PATTERNS)) == len(PATTERNS)


def test_no_listed_word_has_a_digit_for_a_letter() -> None:
    listed = " ".join(words().values()).split()
    assert [word for word in listed if re.search(r"[^\W\d]\d|\d[^\W\d]", word)] == []
