"""A bad sentence counts by itself, however many good ones surround it."""

import pytest

from moderation.classifier import Ensemble, load
from moderation.classifier.segments import LEAST, LONG, cut
from tests.effort import effort

PLAIN = {
    "uk": (
        "Міська рада вчора розглянула кошторис на наступний рік і вирішила відремонтувати школу. "
        "Роботи почнуться навесні, а закінчаться до першого дзвоника. "
        "Мешканці просять не забути про дорогу до неї, бо восени там не проїхати. "
    ),
    "ru": (
        "Городской совет вчера рассмотрел смету на следующий год и решил отремонтировать школу. "
        "Работы начнутся весной, а закончатся к первому звонку. "
        "Жители просят не забыть про дорогу к ней, потому что осенью там не проехать. "
    ),
    "en": (
        "The council looked at the budget for next year and decided to repair the school. "
        "Work will begin in spring and end before the children are back. "
        "People ask not to forget the road to it, as nobody gets through there in autumn. "
    ),
}
INSULTS = {
    "uk": "Ти тупий ідіот, закрий рота, мразото.",
    "ru": "Ты тупой идиот, закрой рот, мразь.",
    "en": "You are a stupid idiot, shut up, moron.",
}
ADVERTS = {
    "uk": "Заробіток від 3000 грн на день без вкладень, пиши в телеграм @zarobitok_shchodnia!",
    "ru": "Заработок от 3000 руб в день без вложений, пиши в телеграм @zarabotok_tut!",
    "en": "Check out my channel and subscribe, free gift cards http://win.example.com",
}


@pytest.fixture(scope="module")
def classifier() -> Ensemble:
    return load()


@pytest.mark.parametrize("language", PLAIN)
@pytest.mark.parametrize("pages", [1, 4, 10])
def test_an_insult_in_a_page_of_plain_words_is_held(
    classifier: Ensemble, language: str, pages: int
) -> None:
    page = PLAIN[language] * pages
    hold_at = classifier.thresholds["toxicity"]["hold_at"]
    around, before, after, plain = classifier.score(
        [
            page + INSULTS[language] + " " + page,
            INSULTS[language] + " " + page,
            page + INSULTS[language],
            page,
        ]
    )
    assert min(around["toxicity"], before["toxicity"], after["toxicity"]) >= hold_at
    assert plain["toxicity"] < hold_at / 2
    assert around.language == language


@pytest.mark.parametrize("language", PLAIN)
def test_an_advert_after_a_page_of_plain_words_is_held(classifier: Ensemble, language: str) -> None:
    advertised, plain = classifier.score([PLAIN[language] * 4 + ADVERTS[language], PLAIN[language]])
    hold_at = classifier.thresholds["spam"]["hold_at"]
    assert advertised["spam"] >= hold_at
    assert plain["spam"] < hold_at / 2


def test_only_the_segment_that_decided_is_marked(classifier: Ensemble) -> None:
    text = PLAIN["uk"] * 10 + INSULTS["uk"] + " " + PLAIN["uk"] * 10
    marked = classifier.fast.explain(text)["toxicity"].marked()
    assert marked
    words = [text[start:end] for start, end in marked]
    assert all(word in INSULTS["uk"] for word in words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Так.",
        PLAIN["uk"] * 5,
        PLAIN["en"].replace(". ", ".\n\n"),
        "слово " * 700,
        "а" * 5000,
        "  \n " * 900,
        "." * 3000,
        "Ні! Ні! " * 300,
        "\u200b" * 400 + " \ud800" * 400,
    ],
    ids=range(10),
)
def test_the_segments_make_up_the_text_and_none_is_too_short(text: str) -> None:
    segments = cut(["перед", text, "після"])
    first, end = segments.firsts[1], segments.firsts[2]
    own = segments.texts[first:end]
    assert "".join(own) == text
    assert segments.starts[first:end] == [sum(map(len, own[:n])) for n in range(len(own))]
    assert all(len(segment) >= LEAST for segment in own[:-1])


def test_a_text_without_full_stops_is_cut_between_words() -> None:
    (*segments, _) = cut(["отак воно і триває далі без жодної крапки " * 40]).texts
    assert len(segments) > 10
    assert all(segment.endswith(" ") and len(segment) <= LONG for segment in segments)


def test_a_remark_of_two_short_sentences_is_one_segment() -> None:
    assert len(cut(["Дякую за статтю. Чекаю на продовження!"]).texts) == 1


@pytest.mark.parametrize("space", ["\u00a0", "\t", "\u2003", "\u2028", ",", "/", "\u3164"])
def test_text_is_cut_at_any_kind_of_space(space: str) -> None:
    (*segments, _) = cut([(PLAIN["uk"] * 4).replace(" ", space)]).texts
    assert segments
    assert all(len(segment) <= 2 * LONG for segment in segments)


def test_a_phone_number_is_not_cut() -> None:
    for shift in range(60):
        text = "слово " * 12 + "а" * shift + " 067 123 45 67 " + "слово " * 40
        assert any("067 123 45 67" in segment for segment in cut([text]).texts)


@pytest.mark.parametrize("text", [".", "!?", ". ", "\n", " ", "x", ".\u00a0", "1 ", "a,"])
def test_a_page_of_marks_takes_no_longer_than_one_of_words(classifier: Ensemble, text: str) -> None:
    page = (text * 5000)[:5000]
    assert effort(lambda: classifier.fast.score([page])) < 25, "one of words takes 5"
