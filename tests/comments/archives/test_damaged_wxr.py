"""Damage in a WordPress export costs the damaged records, and no others."""

import pytest

from comments.models import Article, Comment
from tests.comments.archives.conftest import Import
from tests.comments.archives.files import comment, item, wxr

pytestmark = pytest.mark.django_db


def _by_article() -> dict[str, list[str]]:
    found = Article.objects.order_by("url")
    return {each.url[-2:-1]: [c.text for c in each.comments.order_by("pk")] for each in found}


def _item(number: int, *, damaged: str = "") -> str:
    """An article with three comments; the second one is damaged."""
    numbers = range(number * 10, number * 10 + 3)
    first, second, third = (comment(each, content=f"Текст {each}.") for each in numbers)
    return item(first, damaged or second, third, number=number)


@pytest.mark.parametrize(
    "damage",
    [
        "<wp:comment><wp:comment_id>11</wp:comment_id>a <b c</wp:comment>",
        "<wp:comment><wp:comment_id>11</b></wp:comment>",
        "<wp:comment>&nbsp;</wp:comment>",
        comment(11, content="Без кінця.").replace("</wp:comment>", ""),
    ],
    ids=["a sign", "another tag", "an entity", "no end"],
)
def test_a_damaged_comment_does_not_take_the_later_ones_of_its_article_along(
    damage: str, bring: Import
) -> None:
    whole = wxr(_item(1, damaged=damage), _item(2))
    said = bring(whole)
    assert _by_article() == {
        "1": ["Текст 10.", "Текст 12."],
        "2": ["Текст 20.", "Текст 21.", "Текст 22."],
    }
    line = 1 + whole.partition(damage)[0].count("\n")
    assert f"line {line}: " in said
    assert "1 broken records" in said


def test_every_comment_may_be_damaged_by_itself(bring: Import) -> None:
    good = [comment(n, content=f"Текст {n}.") for n in range(1000, 2000)]
    bad = "<wp:comment><wp:comment_id>1</b></wp:comment>"
    said = bring(wxr(item(*(f"{each}{bad}" for each in good)), _item(2)))
    assert "1000 broken records" in said
    assert Comment.objects.count() == 1003
    assert _by_article()["1"][::333] == ["Текст 1000.", "Текст 1333.", "Текст 1666.", "Текст 1999."]


def test_an_article_that_does_not_end_is_told_and_the_next_ones_come_in(bring: Import) -> None:
    said = bring(wxr(_item(1).replace("</item>", ""), _item(2), _item(3)))
    assert [len(each) for each in _by_article().values()] == [3, 3, 3]
    assert "a record that does not end" in said


@pytest.mark.parametrize("title", ["a &nbsp; b", "x" * (2 << 20)], ids=["an entity", "too long"])
def test_comments_on_an_article_that_cannot_be_read_are_counted_and_go_to_no_other(
    title: str, bring: Import
) -> None:
    said = bring(wxr(_item(1), _item(2).replace("Новина", title), _item(3)))
    assert list(_by_article()) == ["1", "3"]
    assert [len(each) for each in _by_article().values()] == [3, 3]
    assert "3 left out: on an article that cannot be read" in said


def test_what_follows_the_end_of_a_damaged_article_is_not_taken_for_its_own(bring: Import) -> None:
    strange = "".join(comment(each) for each in (20, 21))
    said = bring(wxr(_item(1).replace("Текст 12.", "]]><"), strange, _item(3)))
    assert _by_article() == {
        "1": ["Текст 10.", "Текст 11."],
        "3": ["Текст 30.", "Текст 31.", "Текст 32."],
    }
    assert "1 broken records" in said


@pytest.mark.parametrize("shift", range(0, 40, 3))
def test_a_record_is_found_again_wherever_a_piece_of_the_file_ends(
    shift: int, bring: Import
) -> None:
    damaged = wxr(_item(1, damaged="<wp:comment></b>|"), _item(2))
    before = len(damaged.partition("|")[0].encode())
    filled = damaged.replace("|", "x" * ((1 << 16) - before - shift))
    bring(filled)
    assert [len(each) for each in _by_article().values()] == [2, 3]
