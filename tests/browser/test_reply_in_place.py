"""A reply is written below the comment that it answers, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Article, Comment
from moderation.policy.verdict import Outcome, Reason
from tests.browser.reading import PHONE, OpenPage, faults, fill, send
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/uk/articles/mist/"


@pytest.fixture
def root(article: Article) -> Comment:
    root = make_comment(article, author_name="Ганна")
    make_comment(article, parent=root, author_name="Лесь")
    for _ in range(5):
        make_comment(article)
    return root


def answer(page: Page, name: str) -> None:
    page.get_by_role("link", name=f"Відповісти – {name}").click()


def form_is_below(page: Page, comment: Comment) -> bool:
    return bool(page.evaluate(f"document.querySelector('#comment-{comment.pk} + .in-place')"))


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_the_form_moves_below_the_comment_and_back(
    open_page: OpenPage, root: Comment, width: int
) -> None:
    page = open_page(ADDRESS, width, java_script_enabled=True)
    text = page.get_by_role("textbox", name="Коментар")
    text.fill("Не згодна.")
    answer(page, "Ганна")
    assert form_is_below(page, root)
    expect(text).to_be_focused()
    expect(text).to_be_in_viewport()
    expect(text).to_have_value("Не згодна.")
    heading = page.get_by_role("heading", name="Відповідь на коментар (Ганна)")
    expect(heading).to_have_attribute("aria-level", "4")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not faults(page)
    page.get_by_role("link", name="Скасувати").click()
    assert not form_is_below(page, root)
    expect(page.get_by_role("link", name="Відповісти – Ганна")).to_be_focused()
    expect(page.get_by_role("heading", name="Залишити відповідь")).to_be_visible()
    expect(text).to_have_value("Не згодна.")
    expect(page.locator("[name=parent]")).to_have_value("")


def test_after_a_reply_the_reader_is_where_they_were(open_page: OpenPage, root: Comment) -> None:
    page = open_page(f"{ADDRESS}?order=oldest", PHONE, java_script_enabled=True)
    answer(page, "Лесь")
    fill(page)
    send(page)
    mine = Comment.objects.latest("pk")
    assert mine.reply_to == root.replies.get(author_name="Лесь")
    shown = page.locator(f".thread .replies .replies #comment-{mine.pk}")
    expect(shown).to_be_in_viewport()
    expect(shown).to_be_focused()
    expect(shown).to_contain_text("Це бачите лише ви")
    decide(mine, Outcome.PUBLISH, Reason.CLEAN)
    expect(shown.get_by_text("Ваш коментар")).to_be_visible(timeout=5000)
    expect(shown).to_be_in_viewport()
    expect(shown).to_be_focused()
    assert page.evaluate("document.querySelectorAll('.thread > li').length") == 6


def test_a_reply_with_an_error_comes_back_below_its_comment(
    open_page: OpenPage, root: Comment
) -> None:
    page = open_page(ADDRESS, java_script_enabled=True)
    answer(page, "Ганна")
    fill(page, **{"E-mail": "oksana@"})
    send(page)
    assert form_is_below(page, root)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    fill(page)
    send(page)
    assert Comment.objects.latest("pk").parent == root


def test_the_form_survives_a_decision_that_appears_while_the_reader_types(
    open_page: OpenPage, root: Comment
) -> None:
    page = open_page(ADDRESS, java_script_enabled=True)
    fill(page)
    send(page)
    first = Comment.objects.latest("pk")
    answer(page, "Лесь")
    text = page.get_by_role("textbox", name="Коментар")
    text.fill("І ще одне")
    text.evaluate("field => field.setSelectionRange(2, 5)")
    decide(first, Outcome.PUBLISH, Reason.CLEAN)
    expect(page.locator("#announcement")).not_to_be_empty(timeout=5000)
    assert form_is_below(page, root.replies.get())
    expect(text).to_be_focused()
    expect(text).to_have_value("І ще одне")
    assert text.evaluate("field => [field.selectionStart, field.selectionEnd]") == [2, 5]


def test_the_form_is_one_tap_away_and_leaves_the_reply(open_page: OpenPage, root: Comment) -> None:
    page = open_page(ADDRESS, PHONE, java_script_enabled=True)
    answer(page, "Ганна")
    link = page.get_by_role("link", name="Написати коментар").first
    link.click()
    assert not form_is_below(page, root)
    expect(page.get_by_role("textbox", name="Коментар")).to_be_focused()
    expect(page.get_by_role("textbox", name="Коментар")).to_be_in_viewport()


def test_without_javascript_one_tap_leads_to_the_form(open_page: OpenPage, root: Comment) -> None:
    page = open_page(ADDRESS, PHONE)
    page.get_by_role("link", name="Написати коментар").first.click()
    expect(page.get_by_role("heading", name="Залишити відповідь")).to_be_in_viewport()
    expect(page.locator("noscript .note").last).to_be_visible()


def test_a_fold_opens_without_javascript(open_page: OpenPage, root: Comment) -> None:
    for number in range(5):
        make_comment(root.article, parent=root, text=f"Думка {number}.")
    page = open_page(ADDRESS, PHONE)
    expect(page.get_by_text("Думка 4.")).to_be_hidden()
    page.get_by_text("Ще 3 відповіді").click()
    expect(page.get_by_text("Думка 4.")).to_be_visible()


def test_twenty_comments_with_replies_are_not_ten_screens(
    open_page: OpenPage, root: Comment
) -> None:
    for _ in range(14):
        made = make_comment(root.article)
        for _ in range(2):
            make_comment(root.article, parent=made)
    page = open_page(ADDRESS, 390)
    height = page.locator("#comments").evaluate("list => list.getBoundingClientRect().height")
    assert page.locator(".thread > li").count() == 20
    assert height < 10 * 844


def test_the_chosen_order_is_visible_in_forced_colours(open_page: OpenPage, root: Comment) -> None:
    page = open_page(ADDRESS, forced_colors="active", java_script_enabled=True)
    chosen, other, _useful = page.locator(".order a").all()
    line = "link => getComputedStyle(link).borderBottomColor"
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert other.evaluate(line) == paper
    assert chosen.evaluate(line) != paper
    assert not faults(page)
