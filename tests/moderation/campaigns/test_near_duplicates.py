"""A rewritten or disguised text is recognised, and another text is not."""

import random
from itertools import combinations

import pytest

from moderation.campaigns.copies import SIMILAR
from moderation.campaigns.near_duplicates import (
    BANDS,
    Stems,
    shingles,
    signatures,
    similarity,
    stems_of,
    without_shingles,
)
from tests.moderation.campaigns.letters import ADVERT, OTHERS, REWRITES


def sets(*texts: str) -> list[frozenset[str]]:
    return [frozenset(stems) for stems in stems_of(texts)]


@pytest.mark.parametrize("text", REWRITES.values(), ids=REWRITES)
def test_a_rewrite_shares_its_words_and_a_signature(text: str) -> None:
    one, other = sets(ADVERT, text)
    assert similarity(one, other) >= SIMILAR
    assert set(signatures(one)) & set(signatures(other))


def test_a_text_with_a_fifth_of_its_words_replaced_is_mostly_recognised() -> None:
    choose = random.Random(3)
    vocabulary = " ".join(OTHERS).split()
    recognised = 0
    for _ in range(100):
        rewritten = [
            choose.choice(vocabulary) if choose.random() < 0.2 else word for word in ADVERT.split()
        ]
        one, other = sets(ADVERT, " ".join(rewritten))
        close = similarity(one, other) >= SIMILAR
        recognised += close and bool(set(signatures(one)) & set(signatures(other)))
    assert recognised > 70


def test_other_texts_on_one_subject_share_neither() -> None:
    for one, other in combinations(sets(*OTHERS, ADVERT), 2):
        assert one
        assert similarity(one, other) < SIMILAR / 2
        assert not set(signatures(one)) & set(signatures(other))


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
def test_a_remark_that_many_people_make_has_no_signature(remark: str) -> None:
    assert signatures(stems_of([remark])[0]) == []


def stems(text: str) -> Stems:
    return stems_of([text])[0]


def test_a_sequence_found_elsewhere_is_left_out_but_its_single_words_are_not() -> None:
    article = stems("Міська рада вчора ухвалила план ремонту мосту через річку на два роки.")
    text = stems("«Ухвалила план ремонту мосту через річку»? Рада обіцяє це вже третій рік!")
    assert without_shingles(text, shingles(article)) == frozenset(
        stems("рада обіцяє це вже третій рік")
    )
    assert without_shingles(text, shingles(())) == frozenset(text)


def test_a_batch_gives_the_same_stems_as_its_texts_one_by_one() -> None:
    texts = ["", *OTHERS, "Дякую!", ADVERT, "…"]
    assert stems_of(texts) == [stems_of([text])[0] for text in texts]
    assert stems_of([]) == []


def test_a_signature_fits_the_database_and_never_changes() -> None:
    (stems,) = stems_of([ADVERT])
    values = signatures(stems)
    assert len(values) == BANDS
    assert all(-(2**63) <= value < 2**63 for value in values)
    assert values == signatures(stems)
