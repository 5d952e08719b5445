"""Folding undoes disguises, leaves ordinary words alone, and keeps the origin of characters."""

import time

import pytest

from moderation.classifier.text import READ_FIRST, READ_LAST, clip, fold, folded, unmask


@pytest.mark.parametrize(
    ("disguised", "plain"),
    [
        ("ДУРЕНЬ", "дурень"),
        ("д у р е н ь", "дурень"),
        ("д.у.р.е.н.ь", "дурень"),
        ("ду\u200bре\u00adнь", "дурень"),
        ("дуррррень", "дурень"),
        ("дyрeнь", "дурень"),
        ("н3мает", "нзмает"),
        ("йд1от", "йдиот"),
        ("st00pid", "stoopid"),
        ("id1ot", "idiot"),
        ("i d i o t", "idiot"),
        ("𝐢𝐝𝐢𝐨𝐭", "idiot"),
        ("ｉｄｉｏｔ", "idiot"),
        ("idiоt", "idiot"),
        ("f*ol", "f*ol"),
        ("iiddiioott", "idiot"),
        ("ДДууРРееННьь", "дурень"),
        ("GGoonnnnaa", "gonna"),
        ("д<b>у</b>рень", "дурень"),
        ("<i>д</i>урен<SPAN>ь</SPAN>", "дурень"),
        ("ду[р]ень", "дурень"),
        ("д(у)р(е)нь", "дурень"),
        ("[д]ур[е]нь", "дурень"),
        ("(д)(у)(р)(е)(н)(ь)", "дурень"),
        ("{i}{d}{i}{o}{t}", "idiot"),
        ("ду🙂рень", "дурень"),
        ("дур🤡\ufe0f🤡ень", "дурень"),
        ("и\u0306од", "йод"),
    ],
)
def test_disguises_fold_to_the_plain_word(disguised: str, plain: str) -> None:
    assert folded(disguised) == plain


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("підлога", "пидлога"),
        ("страхувати", "страхувати"),
        ("команда", "команда"),
        ("Scunthorpe", "scunthorpe"),
        ("кафе і кіно", "кафе и кино"),
        ("я і ти", "я и ти"),
        ("О, привіт", "о привит"),
        ("IT-компанія", "it компания"),
        ("covid19 2024", "covid00 0000"),
        ("good book", "good book"),
        ("п'ять", "пять"),
        ("підʼїзд", "пидизд"),
        ("об'єкт объект", "обект обект"),
        ("ъ! ъъ ъм ъ", "! м"),
        ("bookkeeper", "bookkeeper"),
        ("аааааа", "а"),
        ("сказал(а) (не)правда", "сказал а не правда"),
        ("word(s) (s)he see[1]", "word s s he see 0"),
        ("f(x)dx a[i] п. 2(a)(b)(c)", "f x dx a i п 0 a b c"),
        ("<b>увага</b> 1<b>2", "< b > увага < b > 0 < b > 0"),
        ("рядок<br>рядок</p>", "рядок < br > рядок < p >"),
        ("привіт🙂люблю", "привит 🙂 люблю"),
        ("мы❤вас я🙂ти", "ми ❤ вас я 🙂 ти"),
        ("*so* it is (yes)", "*so* it is yes"),
        ("http://a.example/x_(y)z", "http a example x y z"),
    ],
)
def test_innocent_words_stay_innocent(text: str, kept: str) -> None:
    assert folded(text) == kept


@pytest.mark.parametrize(
    ("ukrainian", "russian"),
    [("сир", "сыр"), ("є", "е"), ("ґрунт", "грунт"), ("ліс", "лис"), ("їм", "им")],
)
def test_cognates_share_one_spelling(ukrainian: str, russian: str) -> None:
    assert folded(ukrainian) == folded(russian)


def test_every_character_refers_to_its_place_in_the_original() -> None:
    text = "Ну  й д-у-р-е-н-ь, їж\u200bак!"
    tokens = fold(unmask([text]), with_origin=True)
    start = tokens.token_starts[2]
    assert text[tokens.origin[start]] == "д"
    assert text[tokens.origin[start + 5]] == "ь"
    assert text[tokens.origin[tokens.token_starts[-1]]] == "!"


def test_a_word_with_an_insertion_covers_the_insertion() -> None:
    text = "Ну ти д<b>у</b>рень!"
    tokens = fold(unmask([text]), with_origin=True)
    first, after = tokens.token_starts[2:4]
    assert text[tokens.origin[first] : tokens.origin[after - 2] + 1] == "д<b>у</b>рень"


def test_texts_of_a_batch_do_not_affect_each_other() -> None:
    tokens = fold(unmask(["а", "б", "", "в", "г д"]))
    assert tokens.text_starts.tolist() == [0, 1, 2, 2, 3, 5]


def test_a_disguise_in_one_text_does_not_affect_the_others() -> None:
    texts = ["a<b>c", "д<b>у</b>рень", "ду🙂", "рень[", "т]ак"]
    tokens = fold(unmask(texts))
    alone = [folded(text) for text in texts]
    together = tokens.codes.tobytes().decode("utf-32-le").split()
    assert together == " ".join(alone).split()


@pytest.mark.parametrize("piece", ["(a)", "<b>a</b>", "a[", "<b>", "🙂ab", "aabb", "(a)b"])
def test_a_page_of_insertions_costs_little_more_than_one_of_words(piece: str) -> None:
    plain, page = ((each * 5000)[:5000] for each in ("слово ", piece))
    unmask([plain])
    assert _least_seconds(page) < 100 * _least_seconds(plain)


def test_only_both_ends_of_a_long_text_are_read() -> None:
    assert len(clip("а" * 1_000_000)) == READ_FIRST + READ_LAST
    assert clip("а" * 9000 + "кінець").endswith("кінець")
    assert clip("короткий") == "короткий"


@pytest.mark.parametrize("piece", ["мicт ", "aб bг "])
def test_words_that_mix_alphabets_cost_little_more_than_others(piece: str) -> None:
    plain, mixed = ((each * 5000)[:5000] for each in ("міст ", piece))
    unmask([plain])
    assert _least_seconds(mixed) < 8 * _least_seconds(plain)


def _least_seconds(text: str) -> float:
    """Return CPU time of this thread, which other processes do not affect."""
    taken = []
    for _ in range(10):
        begun = time.thread_time()
        unmask([text])
        taken.append(time.thread_time() - begun)
    return min(taken)
