"""A reader mutes an author in this browser, and nothing is sent; the newsroom's marks beside it."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from comments.models import Article, Comment
from moderation import newsroom, picks
from moderation.accounts.roles import make_member
from tests.browser.reading import DESKTOP, PHONE, OpenPage, faults
from tests.makers import make_comment

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/uk/articles/mist/"


@pytest.fixture
def root(article: Article) -> Comment:
    """A picked comment with a reply and the newsroom's answer, and two by one author."""
    root = make_comment(article, author_name="Ганна")
    make_comment(article, parent=root, author_name="Лесь")
    for _ in range(2):
        make_comment(article, author_name="Гучний Читач")
    olena, _ = make_member("olena")
    picks.pick(comment=root, user=olena)
    newsroom.answer(comment=root, name="Вісті Приріччя", text="Дякуємо, виправили.", user=olena)
    return root


def mute(page: Page, name: str) -> None:
    page.get_by_text(f"Інші дії – {name}").first.locator("xpath=ancestor::summary").click()
    page.locator(".menu[open]").get_by_role("button").click()


def texts(page: Page) -> int:
    return page.locator(".comment-text:visible").count()


def test_all_comments_of_a_muted_author_are_folded_until_they_are_shown_again(
    open_page: OpenPage, root: Comment
) -> None:
    page = open_page(ADDRESS, java_script_enabled=True)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    assert texts(page) == 5
    mute(page, "Гучний Читач")
    assert texts(page) == 3
    shown_again = page.locator(".muted button")
    expect(shown_again.first).to_be_focused()
    page.reload()
    assert texts(page) == 3
    own = page.locator(".muted-list")
    own.locator("summary").click()
    expect(own.locator("li")).to_contain_text("Гучний Читач")
    own.get_by_role("button", name="Показувати знову").click()
    assert texts(page) == 5
    expect(own).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0
    assert [url for url in sent if "mute" in url and "mute." not in url] == []


def test_a_muted_authors_replies_stay_folded_when_the_discussion_is_replaced(
    open_page: OpenPage, root: Comment
) -> None:
    page = open_page(ADDRESS, java_script_enabled=True)
    mute(page, "Ганна")
    assert texts(page) == 4
    page.evaluate("discussion.read().then(discussion.show)")
    expect(page.locator(".menu")).to_have_count(3)
    assert texts(page) == 4
    expect(page.locator(".muted button")).to_be_focused()


def test_the_menu_closes_with_escape_and_is_for_other_readers_comments_only(
    open_page: OpenPage, root: Comment
) -> None:
    page = open_page(ADDRESS, java_script_enabled=True)
    expect(page.locator(".menu")).to_have_count(4)
    expect(page.locator(".comment:has(.badge-staff) .menu")).to_have_count(0)
    summary = page.locator(".menu summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".menu[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".menu[open]")).to_have_count(0)
    expect(summary).to_be_focused()
    plain = open_page(ADDRESS)
    expect(plain.locator(".menu")).to_have_count(0)
    expect(plain.get_by_text("Вибір редакції")).to_be_visible()


@pytest.mark.parametrize(("width", "colours"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_axe_finds_nothing_with_badges_a_menu_and_muted_comments(
    open_page: OpenPage, root: Comment, width: int, colours: Literal["light", "dark"]
) -> None:
    page = open_page(ADDRESS, width, java_script_enabled=True, color_scheme=colours)
    mute(page, "Гучний Читач")
    page.locator(".muted-list summary").click()
    page.locator(".menu summary").first.click()
    assert not faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_block_for_search_engines_breaks_no_policy(open_page: OpenPage, root: Comment) -> None:
    page = open_page("about:blank", java_script_enabled=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(ADDRESS)
    block = page.evaluate(
        "JSON.parse(document.querySelector('[type=\"application/ld+json\"]').textContent)"
    )
    assert {each["author"]["name"] for each in block["comment"]} == {"Ганна", "Гучний Читач"}
    assert not said
