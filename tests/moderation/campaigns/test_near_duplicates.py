"""A text rewritten or disguised is known again, and another text is not."""

import random
from itertools import combinations

import pytest

from moderation.campaigns.copies import ALIKE
from moderation.campaigns.near_duplicates import (
    BANDS,
    Stems,
    overlap,
    runs,
    traces,
    without,
    words,
)
from tests.moderation.campaigns.letters import ADVERT, OTHERS, REWRITES


def sets(*texts: str) -> list[frozenset[str]]:
    return [frozenset(stems) for stems in words(texts)]


@pytest.mark.parametrize("text", REWRITES.values(), ids=REWRITES)
def test_a_rewrite_shares_its_words_and_a_trace(text: str) -> None:
    one, other = sets(ADVERT, text)
    assert overlap(one, other) >= ALIKE
    assert set(traces(one)) & set(traces(other))


def test_a_text_with_a_fifth_of_its_words_replaced_is_mostly_recognised() -> None:
    choose = random.Random(3)
    vocabulary = " ".join(OTHERS).split()
    recognised = 0
    for _ in range(100):
        rewritten = [
            choose.choice(vocabulary) if choose.random() < 0.2 else word for word in ADVERT.split()
        ]
        one, other = sets(ADVERT, " ".join(rewritten))
        alike = overlap(one, other) >= ALIKE
        recognised += alike and bool(set(traces(one)) & set(traces(other)))
    assert recognised > 70


def test_other_texts_on_one_subject_share_neither() -> None:
    for one, other in combinations(sets(*OTHERS, ADVERT), 2):
        assert one
        assert overlap(one, other) < ALIKE / 2
        assert not set(traces(one)) & set(traces(other))


@pytest.mark.parametrize(
    "remark",
    [
        "Дякую!",
        "Згоден з автором, так і є.",
        "Щирі співчуття рідним і близьким. Вічна пам'ять та слава Герою!",
        "",
        "...",
        "😡" * 500,
        "та й що " * 500,
        "\ud800\x00",
    ],
)
def test_a_remark_that_many_people_make_leaves_no_trace(remark: str) -> None:
    assert traces(words([remark])[0]) == []


def stems(text: str) -> Stems:
    return words([text])[0]


def test_what_stands_elsewhere_in_the_same_row_is_left_out_and_single_words_are_not() -> None:
    article = stems("Міська рада вчора ухвалила план ремонту мосту через річку на два роки.")
    said = stems("«Ухвалила план ремонту мосту через річку»? Рада обіцяє це вже третій рік!")
    assert without(said, runs(article)) == frozenset(stems("рада обіцяє це вже третій рік"))
    assert without(said, runs(())) == frozenset(said)


def test_a_batch_is_read_as_its_texts_are_one_by_one() -> None:
    texts = ["", *OTHERS, "Дякую!", ADVERT, "…"]
    assert words(texts) == [words([text])[0] for text in texts]
    assert words([]) == []


def test_a_trace_fits_the_database_and_never_changes() -> None:
    (stems,) = words([ADVERT])
    left = traces(stems)
    assert len(left) == BANDS
    assert all(-(2**63) <= value < 2**63 for value in left)
    assert left == traces(stems)
