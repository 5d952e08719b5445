"""Ukrainian is rewritten as Russian, word by word."""

import pytest

from moderation.classifier.training.alignment import aligned, learn, own_words
from moderation.classifier.word_table import WordTable, pack

TABLE = WordTable(
    pack(
        {"дякую": "спасибо", "відремонтували": "отремонтировали", "в'язниця": "тюрьма", "ще": "ещё"}
    )
)


@pytest.mark.parametrize(
    ("ukrainian", "russian"),
    [
        ("Дякую!", "Спасибо!"),
        ("ДЯКУЮ вам", "СПАСИБО вам"),
        ("в’язниця, вʼязниця, в'язниця", "тюрьма, тюрьма, тюрьма"),
        ("Ще раз", "Ещё раз"),
        # A form that differs in its ending.
        ("відремонтувала", "отремонтировали"),
        # Unknown words get Russian letters; other scripts, digits and signs stay.
        ("ґедзь їсть", "гедзь исть"),
        ("OK, 5 грн 👍", "OK, 5 грн 👍"),
        ("", ""),
    ],
)
def test_words_are_replaced_and_everything_else_stays(ukrainian: str, russian: str) -> None:
    assert TABLE.russian(ukrainian) == russian


def test_an_empty_table_changes_only_letters() -> None:
    assert WordTable(pack({})).russian("Привіт, світе") == "Привит, свите"


def test_words_are_aligned_by_likeness_where_one_is_missing() -> None:
    pairs = aligned(["дуже", "добра", "новина"], ["хорошая", "очень", "добрая", "новина"])
    assert ("добра", "добрая") in pairs
    assert ("новина", "новина") in pairs


def test_the_pair_seen_most_often_wins_and_untranslated_words_are_left_out() -> None:
    pairs = [("добра новина", "добрая новость")] * 3 + [("добра новина", "добрая весть")]
    learned = learn([*pairs, ("сьогодні вшанували", "сегодня вшанували")], ["добрая новость весть"])
    assert learned["новина"] == "новость"
    assert learned.get("вшанували") != "вшанували"


def test_our_own_list_has_precedence() -> None:
    own = own_words()
    assert len(own) > 1000
    word, russian = next(iter(own.items()))
    assert learn([(word, "мелочь")] * 5, ["мелочь"])[word] == russian != "мелочь"
