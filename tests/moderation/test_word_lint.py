"""What new lines of the list of banned words would have caught among the latest comments."""

import time
from collections.abc import Sequence

import pytest
from django.utils import translation

from comments.models import DEFAULT_KEY, Comment, Site, Status
from moderation import word_lint
from moderation.policy.reading import caught_in_each, find_phrases, merged
from moderation.word_lint import Finding, Said, findings, lint
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def said(*texts: str, published: bool = True) -> list[Said]:
    return [Said(number, published, (text, "", "")) for number, text in enumerate(texts)]


def about(line: str, *texts: str, listed: Sequence[str] = ()) -> Finding:
    (found,) = findings(lines=[line], listed=[line, *listed], said=said(*texts))
    return found


def test_it_counts_the_comments_and_those_that_are_published() -> None:
    comments = [
        *said("Дурень!", "дурень, дурень", "розумник"),
        *said("д у р е н ь", published=False),
    ]
    (found,) = findings(lines=["дурень"], listed=["дурень"], said=comments)
    assert (found.caught, found.published) == (3, 2)


def test_an_excerpt_shows_what_was_found_with_the_text_around_it() -> None:
    (excerpt,) = about("дурень", f"{'а' * 60} дурень {'б' * 60}").excerpts
    assert excerpt.found == "дурень"
    assert excerpt.before == "…" + "а" * 44 + " "
    assert excerpt.after == " " + "б" * 44 + "…"
    (short,) = about("дурень", "Ну й дурень.").excerpts
    assert (short.before, short.after) == ("Ну й ", ".")


def test_published_comments_are_shown_first_and_no_more_than_five() -> None:
    comments = [
        *said(*["дурень"] * 6, published=False),
        *(Said(100 + number, True, ("дурень", "", "")) for number in range(3)),
    ]
    (found,) = findings(lines=["дурень"], listed=["дурень"], said=comments)
    assert [each.comment for each in found.excerpts] == [100, 101, 102, 0, 1]


def test_the_name_and_the_website_are_searched_too() -> None:
    comments = [
        Said(1, True, ("Так.", "Проноза", "")),
        Said(2, True, ("", "", "https://pronoza.org")),
    ]
    found = findings(lines=["проноза", "pronoza"], listed=["проноза", "pronoza"], said=comments)
    assert [each.caught for each in found] == [1, 1]


def test_words_that_only_the_asterisk_catches_are_listed_the_most_published_first() -> None:
    comments = [
        *said("Ракета влучила в раків.", "ракета", "Рак лікують."),
        *said("Раковина", "раковина", "раковина", published=False),
    ]
    (found,) = findings(lines=["рак*"], listed=["рак*"], said=comments)
    assert found.longer_words == [("ракета", 2), ("раків", 1), ("раковина", 3)]
    assert about("рак", "Ракета і рак").longer_words == []


@pytest.mark.parametrize(
    ("line", "listed", "warning"),
    [
        ("я", (), "It is a single letter or sign."),
        ("ду*рень", (), "It can never be found: an asterisk stands only at the end of a word."),
        ("дурень", ("ДУРЕНЬ",), "The line “ДУРЕНЬ” catches the same already."),
        ("дурень", ("дур*",), "The line “дур*” catches the same already."),
        ("дурненьк*", ("дур*",), "The line “дур*” catches the same already."),
        ("купити диплом", ("купити дипл*",), "The line “купити дипл*” catches the same already."),
    ],
)
def test_a_line_that_is_useless_or_harmful_is_said_to_be(
    line: str, listed: Sequence[str], warning: str
) -> None:
    assert about(line, listed=listed).warnings == [warning]


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("дурень", ("дурний", "дурень один")),
        ("дур*", ("дурень",)),
        ("купити диплом", ("купити",)),
        ("пере-мога", ("мога",)),
        ("https://spam.example/x", ()),
        ("😀😀", ()),
        ("+380 67", ()),
    ],
)
def test_an_ordinary_line_has_no_warning(line: str, listed: Sequence[str]) -> None:
    assert about(line, listed=listed).warnings == []


def test_a_line_that_holds_much_of_everything_says_how_much() -> None:
    texts = ["Я за міст."] * 38 + ["Проти."] * 62
    assert about("міст", *texts).warnings == ["It holds 38% of all comments."]
    assert about("міст", *["Я за міст."] * 4, *["Проти."] * 96).warnings == []
    # Among three comments a share means nothing.
    assert about("міст", "Міст", "ні", "так").warnings == []


TEXTS = (
    *("Він дурень-дурнем, а не д.у.р.е.н.ь!", "Ó дурéнь…", "міст", "пере-мога буде", "", "-", "?!"),
    *("😀 дурень", "ПЕРЕМОГА", "купити  диплом*", "дурень" * 2, "дy\u200bрень", "а—дурень–дурень"),
)


def test_a_batch_finds_what_find_phrases_finds_in_each_text() -> None:
    lines = ("дурень", "дурн*", "перемога", "купити диплом", "мога", "дурень дурнем")
    for text, caught in zip(TEXTS, caught_in_each(TEXTS, lines), strict=True):
        assert merged((one.start, one.end) for one in caught) == find_phrases(text, lines), text
    assert sum(map(len, caught_in_each(TEXTS, lines))) > 8


@pytest.mark.django_db
def test_the_latest_comments_of_the_site_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_lint, "SAMPLE", 3)
    elsewhere = make_article(site=Site.objects.create(key="second", name="Друга"))
    make_comment(text="дурень, найдавніший")
    comments = [
        make_comment(status=status, text="дурень") for status in (Status.HELD, Status.PUBLISHED)
    ]
    make_comment(elsewhere, text="дурень деінде")
    make_comment(text="Згода.")
    erased = make_comment(text="забутий")
    Comment.objects.filter(pk=erased.pk).update(text="")
    found = lint(site=DEFAULT_KEY, lines=["дурень"], listed=["дурень"])
    assert found.read == 3
    assert found.findings[0].caught == 2
    assert found.findings[0].published == 1
    assert [each.comment for each in found.findings[0].excerpts] == [
        comments[1].pk,
        comments[0].pk,
    ]


ARTICLE = """Нарешті візьмуться за міст, дякую за новину. А вони все обіцяють: якийсь-то ремонт,
скажіть, будь-ласка, хто відповідає? Ракета влучила у місті. I agree with you completely."""


def test_ten_thousand_comments_take_less_than_two_seconds() -> None:
    words = ARTICLE.split()
    texts = [" ".join([*words[n % 9 :: 1 + n % 2], str(n)]) for n in range(10_000)]
    lines = ["дурень", "ракет*", "казино онлайн", "обіцяють"]
    begun = time.process_time()
    found = findings(lines=lines, listed=lines, said=said(*texts))
    assert time.process_time() - begun < 2
    assert found[1].caught > 1000
