"""Threats and calls for violence are held; idioms, war news, sport and recipes are not."""

import pytest

from moderation.classifier import Scores
from moderation.policy.decide import decide
from moderation.policy.grammar import Grammar, Pattern
from moderation.policy.threats import threatens, threats
from moderation.policy.verdict import Outcome, Policy, Reason, Submission, Thresholds, Verdict
from tests.effort import effort
from tests.moderation.policy.scores import scored
from tests.moderation.policy.threat_sentences import HARMLESS, THREATENING

POLICY = Policy(
    thresholds={"spam": Thresholds(0.7, 0.95), "toxicity": Thresholds(0.6, 0.98)}, trusted_after=1
)


@pytest.mark.parametrize("text", THREATENING)
def test_a_threat_or_a_call_is_found(text: str) -> None:
    assert threats(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_sentence_is_not(text: str) -> None:
    assert threats(text) == []


DISGUISED = (
    "Я знaю, дe ти живeш",
    "Я з.н.а.ю, де ти ж.и.в.е.ш",
    "Я ЗНАЮ, ДЕ ТИ ЖИВЕШ!!!",
    "Я зна\u200bю, де ти жи\u00adвеш",
    "я тебе вб’ю",
    "я тебе вбʼю",
    "ya tebe vbyu",
    "znaju de ty zhyvesh",
    "I will k1ll you",
)


@pytest.mark.parametrize("text", DISGUISED)
def test_a_disguised_threat_is_found(text: str) -> None:
    assert threats(text)


def test_the_words_of_the_threat_are_marked() -> None:
    text = "Гарна стаття. А ти, редакторе, знай: я тебе вб\u2019ю! Дякую."
    ((start, end),) = threats(text)
    assert text[start:end] == "тебе вб\u2019ю"


def test_words_of_two_sentences_are_not_a_threat() -> None:
    assert threats("Розумію тебе. Вб'ю час у черзі") == []
    assert threats("Розумію тебе\nВб'ю час у черзі") == []


@pytest.mark.parametrize("scores", [scored(), scored(toxicity=1.0)])
@pytest.mark.parametrize(
    "text",
    ["Я знаю, де ти живеш.", "«Ми знаємо, де ти живеш»", "Він написав мені: я тебе вб'ю, тварюко"],
)
def test_a_threat_is_held_even_from_a_trusted_author_and_never_rejected(
    text: str, scores: Scores
) -> None:
    submission = Submission(text=text, author_published=9)
    assert decide(submission, scores, POLICY) == Verdict(Outcome.HOLD, Reason.HATE)


@pytest.mark.parametrize(
    "text",
    [
        "Сусід написав доньці «я тебе вб'ю», заяву в поліції не взяли.",
        "На паркані третій день висить «здохни», хоч би хтось зафарбував",
        "Какой-то мужчина в автобусе крикнул «я тебя убью» и вышел",
    ],
)
def test_a_threat_quoted_to_report_it_is_not_held(text: str) -> None:
    assert decide(Submission(text=text), scored(), POLICY).outcome == Outcome.PUBLISH


QUOTED = "> I will kill you tonight and burn your house down"
REMARK = "This is what all of us in the village think, Mr Smith"


@pytest.mark.parametrize("remark", [REMARK, f"«Слава!» {REMARK}"])
def test_a_quotation_that_is_not_on_the_page_is_the_author_s_however_long_the_remark(
    remark: str,
) -> None:
    assert threats(f"{QUOTED}\n{remark}")
    assert threatens(f"{QUOTED}\n{remark}")


def test_a_quotation_from_the_page_is_not_held_unless_the_remark_is_short_or_said_to_you() -> None:
    for own, held in ((REMARK, False), ("You are next", True), (f"Ти зрозумів? {REMARK}", True)):
        assert threatens(f"{QUOTED}\n{own}", own) is held


def test_another_threat_in_quotation_marks_beside_one_from_the_page_is_held() -> None:
    own = f"«Я тебе вб'ю» {REMARK}"
    assert threatens(f"{QUOTED}\n{own}", own)


HOSTILE = (
    *("я ", "треба ", "їх ", "вбити їх треба ", "«", '"a', "'a ", "а.б! ", "?", "\n", "з: ", ". "),
    *("тебе вб'ю ", "kill them all ", "ok. ", "написав:", "депутатів не треба ", "i will ", "|"),
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long_to_read(piece: str) -> None:
    text = (piece * 5000)[:5000]
    threats("a text that brings the words into memory")
    assert effort(lambda: threats(text)) < 50, "5,000 characters take 15 at most"


@pytest.mark.parametrize("text", ["", " ", "\ud800", "\x00", "|", "🙂", "а" * 6000])
def test_any_string_is_accepted(text: str) -> None:
    assert threats(text) == []


def test_a_pattern_with_an_unknown_class_is_refused() -> None:
    with pytest.raises(KeyError, match="NOBODY"):
        Grammar({"ME": "я"}, [Pattern("ME ~1 NOBODY")])


def test_a_pattern_is_searched_for_in_one_sentence_and_needs_what_it_requires() -> None:
    words = {"ME": "я", "GO": "йд*", "NOT": "не", "HOME": "дім доми", "DOG": "пес"}
    grammar = Grammar(words, [Pattern("ME ~1 !NOT GO", unless="DOG", requires="HOME")])
    assert [*grammar.find("Я тихо йду. Мій дім далеко")] == [(0, 10)]
    for text in (
        "Я тихо йду",
        "Я тихо не йду, дім",
        "Я, пес і йду. Дім",
        "Я. Йду. Дім",
        "я а б йду дім",
    ):
        assert [*grammar.find(text)] == []
