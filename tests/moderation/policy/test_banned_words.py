"""The site's banned phrases match folded words, with any ending where there is a star."""

from typing import Any

import pytest

from moderation.policy.decide import decide
from moderation.policy.reading import find_phrases
from moderation.policy.verdict import Outcome, Policy, Reason, Submission, Thresholds, Verdict
from tests.moderation.policy.scores import scored

HELD = Verdict(Outcome.HOLD, Reason.BANNED_WORD)

READ = [
    ("case", "проноза", "Який ПРОНОЗА!"),
    ("an apostrophe of any kind", "п'явка", "Справжня п’явка"),
    ("another apostrophe", "п’явка", "Справжня пʼявка"),
    ("a grave accent for an apostrophe", "п'явка", "п`явка"),
    ("no apostrophe", "п'явка", "пявка"),
    ("a letter and its mark apart (NFD)", "пройдисвіт", "про\u0438\u0306дисв\u0456т"),
    ("a stress mark", "проноза", "проно\u0301за"),
    ("Latin look-alikes", "проноза", "прoнoзa"),
    ("a soft hyphen", "проноза", "про\u00adноза"),
    ("letters of no width", "проноза", "про\u200bноза"),
    ("a hyphen within", "проноза", "про-ноза"),
    ("a non-breaking hyphen", "проноза", "про\u2011ноза"),
    ("a hyphen of the list", "про-ноза", "проноза, про-ноза"),
    ("a part of a compound", "проноза", "дядько-проноза"),
    ("letters one by one", "проноза", "п.р.о.н.о.з.а"),
    ("full width", "spam", "ｓｐａｍ"),
    ("a phrase over a line's end", "мокре діло", "мокре\nділо"),
    ("an emoji", "🤡", "оце 🤡!"),
    ("digits as they are", "1488", "код 1488"),
    ("a sign beside a number", "18+", "відео 18+"),
    ("any ending", "ванн*", "Ванну продам"),
    ("no ending too", "ванн*", "багато ванн"),
    ("endings within a phrase", "чавунн* ванн*", "чавунної ванни"),
]  # fmt: skip

PASSES = [
    ("a word inside another", "проноза", "пронозливість"),
    ("a beginning without a star", "ванн", "ванна"),
    ("a star asks for the beginning", "ванн*", "сауванна"),
    ("other digits", "1488", "у 1489 році"),
    ("a number without its sign", "18+", "18 років"),
    ("the words of a phrase in another order", "мокре діло", "діло мокре"),
    ("a star by itself", "*", "будь-що"),
    ("an empty line", "", "будь-що"),
]


@pytest.mark.parametrize(("listed", "text"), [c[1:] for c in READ], ids=[c[0] for c in READ])
def test_a_listed_word_is_found_in_any_spelling(listed: str, text: str) -> None:
    policy = Policy(
        thresholds={"spam": Thresholds(0.5, 0.9), "toxicity": Thresholds(0.5, 0.9)},
        banned_phrases=(listed,),
    )
    assert decide(Submission(text=text), scored(), policy) == HELD
    assert find_phrases(text, (listed,))


@pytest.mark.parametrize(("listed", "text"), [c[1:] for c in PASSES], ids=[c[0] for c in PASSES])
def test_an_unlisted_word_passes(listed: str, text: str) -> None:
    policy = Policy(
        thresholds={"spam": Thresholds(0.5, 0.9), "toxicity": Thresholds(0.5, 0.9)},
        banned_phrases=(listed,),
    )
    assert decide(Submission(text=text), scored(), policy).outcome == Outcome.PUBLISH


@pytest.mark.parametrize(
    "where",
    [
        {"text": "Продам ванну, майже нову."},
        {"author_name": "Ванна Чавунна"},
        {"author_url": "https://vsi-vanny.example/ванни"},
        {"author_url": "https://шоп.example/?q=ванна-2"},
    ],
)
def test_name_website_and_text_are_all_checked(where: dict[str, Any]) -> None:
    policy = Policy(
        thresholds={"spam": Thresholds(0.5, 0.9), "toxicity": Thresholds(0.5, 0.9)},
        banned_phrases=("ванн*",),
    )
    submission = Submission(**{"text": "Дякую за новину.", **where})
    assert decide(submission, scored(), policy) == HELD


def test_a_match_covers_exactly_the_words_as_written() -> None:
    text = "Ось ВА́ННА, ось прo-нозa; а ванною не торгуємо."
    marked = [text[start:end] for start, end in find_phrases(text, ("ванн*", "проноза"))]
    assert marked == ["ВА́ННА", "прo-нозa", "ванною"]


def test_overlapping_matches_are_joined() -> None:
    text = "чавунна ванна стара"
    places = find_phrases(text, ("чавунна ванна", "ванна стара", "ванн*"))
    assert [text[start:end] for start, end in places] == ["чавунна ванна стара"]
