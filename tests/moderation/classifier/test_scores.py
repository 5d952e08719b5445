"""The shipped model separates clear cases in three languages, and accepts any string."""

import pytest

from moderation.classifier import Ensemble, Scores, load


@pytest.fixture(scope="module")
def classifier() -> Ensemble:
    return load()


@pytest.mark.parametrize(
    ("insult", "civil"),
    [
        (
            "Ти тупий дебіл, закрий свого рота, ідіоте",
            "Я не згоден з автором: на мою думку, цей закон нічого не змінить",
        ),
        (
            "Вы все идиоты и мрази, чтоб вы сдохли",
            "Не согласен с вами, но спасибо за подробное объяснение",
        ),
        (
            "You are a stupid idiot, shut up, moron",
            "I disagree with the article, the numbers come from a different year",
        ),
    ],
)
def test_insults_score_above_civil_disagreement(
    classifier: Ensemble, insult: str, civil: str
) -> None:
    rude, polite = classifier.score([insult, civil])
    assert rude["toxicity"] > 0.7
    assert polite["toxicity"] < 0.3
    assert polite["toxicity"] < classifier.thresholds["toxicity"]["hold_at"]


@pytest.mark.parametrize(
    ("spam", "ham"),
    [
        (
            "Отримайте виплату 6500 грн від держави за посиланням https://vyplata-ua.example.com",
            "Цікаво, скільки коштував ремонт цієї дороги і хто його приймав",
        ),
        (
            "Ищем людей на удалённую работу, доход от 100$ в день, пишите в личные сообщения",
            "А у нас во дворе уже третий день нет воды",
        ),
        (
            "Check out my channel and subscribe, free gift cards http://win.example.com",
            "The second half of the match was much better than the first",
        ),
    ],
)
def test_spam_scores_above_ordinary_comments(classifier: Ensemble, spam: str, ham: str) -> None:
    advertised, ordinary = classifier.score([spam, ham])
    assert advertised["spam"] > 0.7
    assert ordinary["spam"] < 0.3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Дуже дякую за статтю, чекаю на продовження", "uk"),
        ("Та ну, не може бути", "uk"),
        ("і", "uk"),
        ("Большое спасибо за статью, жду продолжения", "ru"),
        ("Ну и что теперь делать?", "ru"),
        ("Thanks for the article, waiting for the next part", "en"),
        ("lol nice", "en"),
        ("Dziękuję bardzo za artykuł", "other"),
        ("Ich finde das nicht gut und bin mit der Meinung nicht einverstanden", "other"),
        ("这篇文章写得很好", "other"),
        ("شكرا على المقال", "other"),
        ("", "other"),
        ("12345 !!!", "other"),
        ("🎉🎉🎉", "other"),
    ],
)
def test_languages_are_detected(classifier: Ensemble, text: str, language: str) -> None:
    assert classifier.score([text])[0].language == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dyakuyu, duzhe tsikava stattya", "uk"),
        ("Shchyro diakuiu za vidpovid, chekaiemo na prodovzhennia", "uk"),
        ("Koly vzhe vidremontuyut nash mist?", "uk"),
        ("U nas vzhe try dni nema svitla i vody", "uk"),
        ("Pochemu opyat perekryli most?", "ru"),
        ("Spasibo bolshoe za podrobnuyu statyu", "ru"),
        ("U nas vo dvore uzhe tretii den net vody", "ru"),
        ("The river Dnipro is beautiful in spring", "en"),
        ("good stuff, keep it up", "en"),
        ("Warum ist die Bruecke schon wieder gesperrt", "other"),
        ("Kiedy wreszcie naprawia ten most, jest juz zima", "other"),
        ("Gracias por el articulo, muy util", "other"),
    ],
)
def test_ukrainian_and_russian_are_detected_in_latin_letters(
    classifier: Ensemble, text: str, language: str
) -> None:
    assert classifier.score([text])[0].language == language


OTHER_SCRIPTS = [
    *("谢谢", "多谢您的文章，桥什么时候修好？", "Ευχαριστώ", "Πότε θα ανοίξει επιτέλους η γέφυρα;"),
    *("გმადლობთ", "როდის გაიხსნება ხიდი?", "شكرا جزيلا لكم", "متى سيفتح الجسر الجديد في المدينة؟"),
    *("תודה רבה", "מתי ייפתח הגשר החדש בעיר?", "Շնորհակալություն", "Ե՞րբ կբացվի կամուրջը"),
    *(
        "ありがとうございます",
        "감사합니다, 다리는 언제 열리나요?",
        "ขอบคุณมาก",
        "धन्यवाद, पुल कब खुलेगा?",
    ),
]


@pytest.mark.parametrize("text", OTHER_SCRIPTS)
def test_another_script_by_itself_is_neither_spam_nor_insult(
    classifier: Ensemble, text: str
) -> None:
    (scores,) = classifier.score([text])
    assert scores.language == "other"
    assert scores["spam"] < 0.5
    assert scores["toxicity"] < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Слово δημοκρατία греки вигадали раніше за нас, а ми досі вчимося.",
        "Дякую! Грузини в таких випадках кажуть «დიდი მადლობა ყველას დახმარებისთვის» і правильно.",
        "My neighbour 王丽华 translated the article for her parents.",
        "Друзі пишуть з Ізраїлю: עם ישראל חי ואוקראינה תנצח. Тримаємося.",
    ],
)
def test_words_of_another_script_within_a_comment_are_not_spam(
    classifier: Ensemble, text: str
) -> None:
    (scores,) = classifier.score([text])
    assert scores.language in {"uk", "en"}
    assert scores["spam"] < 0.5


@pytest.mark.parametrize(
    "disguised", ["Зαρобіток без вкладень, пишіть", "ᴢᴀʀᴏʙɪᴛᴏᴋ щодня, пишіть у приват"]
)
def test_letters_of_another_script_within_a_word_are_a_sign_of_spam(
    classifier: Ensemble, disguised: str
) -> None:
    assert classifier.score([disguised])[0]["spam"] > 0.9


ODD = [
    "",
    "   \n\t ",
    "🎁🎁🎁",
    "\ud800",
    "текст \udfff далі",
    "\x00\x00",
    "\u202eobrnuto\u202c",
    "\u200b",
    "*",
    "'",
    "ъ",
    "а\u0301" * 500,
    "\u0306" * 50,
    "\U0010ffff",
    "слово " * 170_000,
    "😀" * 1_000_000,
    "x" * 1_000_000,
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_string_gets_a_score(classifier: Ensemble, text: str) -> None:
    (scores,) = classifier.score([text])
    assert 0 <= scores["spam"] <= 1
    assert 0 <= scores["toxicity"] <= 1
    assert scores.language in ("uk", "ru", "en", "other")


def test_a_batch_scores_exactly_as_its_texts_do_one_by_one(classifier: Ensemble) -> None:
    texts = [
        *ODD[:14],
        "Привіт усім",
        "Ты дурак",
        "nice video",
        "ще раз https://a.example.com",
    ] * 20
    together = classifier.score(texts)
    alone = [classifier.score([text])[0] for text in texts]
    # The embeddings of a batch differ in their last digits.
    for one, other in zip(together, alone, strict=True):
        assert one.by_judge["fast"] == other.by_judge["fast"]
        assert dict(one) == pytest.approx(dict(other), abs=1e-4)


def test_order_is_kept_and_no_texts_give_no_scores(classifier: Ensemble) -> None:
    assert classifier.score([]) == []
    forward = classifier.score(["дурак", "дякую"])
    backward = classifier.score(["дякую", "дурак"])
    assert forward == backward[::-1]


def test_scores_are_plain_values(classifier: Ensemble) -> None:
    (scores,) = classifier.score(("слово",))
    assert isinstance(scores, Scores)
    assert type(scores["spam"]) is float
    assert type(scores["toxicity"]) is float


def test_thresholds_are_in_order(classifier: Ensemble) -> None:
    for name in ("spam", "toxicity"):
        values = classifier.thresholds[name]
        assert 0.2 <= values["hold_at"] < values["reject_at"] < 1
    assert len(classifier.version) == 25


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Дивіться закон https://laws.example.org/show/2341-14/print#Text", "uk"),
        ("Вот ссылка www.news.example.com/politics/long-english-address", "ru"),
        ("https://example.com/about", "en"),
    ],
)
def test_a_link_does_not_affect_the_language(text: str, name: str) -> None:
    assert load().score(["Hello there", text, "Привіт усім"])[1].language == name
