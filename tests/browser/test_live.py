"""New comments are announced on an open page and shown when the reader wants them."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from comments.models import Article, Status
from moderation.policy.verdict import Outcome, Reason
from tests.browser.reading import DESKTOP, PHONE, OpenPage, faults, fill, send
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db(transaction=True)
ARTICLE = "/uk/articles/mist/"


@pytest.fixture(autouse=True)
def asks_often(pages_do_not_ask_for_new_comments: None, settings: Any) -> None:
    settings.LIVE_SECONDS = 0.2


@pytest.fixture
def page(article: Article, open_page: OpenPage) -> Page:
    """The open page of an article with one comment, after it has asked once."""
    make_comment(article, author_name="Перший")
    page = open_page("about:blank", java_script_enabled=True)
    with page.expect_response("**/live/"):
        page.goto(ARTICLE)
    return page


def test_new_comments_are_counted_in_the_readers_language(page: Page, article: Article) -> None:
    bar = page.get_by_role("status").filter(has=page.locator("#new-comments a"))
    link = page.locator("#new-comments a")
    for number, words in ((1, "1 новий коментар"), (2, "2 нові коментарі"), (3, "3 нові")):
        make_comment(article, text=f"Новий коментар під статтею, номер {number}.")
        expect(link).to_contain_text(words)
    expect(bar.or_(page.locator("#new-comments"))).to_have_attribute("role", "status")


def test_nothing_moves_until_the_reader_asks_then_the_first_new_one_has_the_focus(
    page: Page, article: Article
) -> None:
    before = page.locator("#comments").bounding_box()
    new = make_comment(article, author_name="Друга")
    expect(page.locator("#new-comments a")).to_be_visible()
    assert page.locator("#comments").bounding_box() == before
    expect(page.get_by_role("heading", name="Друга")).to_have_count(0)
    page.locator("#new-comments a").click()
    expect(page.locator(f"#comment-{new.pk}")).to_be_focused()
    expect(page.locator("#new-comments")).to_be_hidden()
    assert page.url.endswith(ARTICLE)


def test_ones_own_comment_appears_by_itself_and_is_not_new(page: Page, article: Article) -> None:
    fill(page)
    send(page)
    own = article.comments.latest("pk")
    decide(own, Outcome.PUBLISH, Reason.REVIEWED)
    expect(page.locator("#announcement")).to_have_text("Ваш коментар уже в обговоренні.")
    expect(page.locator("#new-comments")).to_be_hidden()


def test_a_comment_that_is_taken_down_is_not_announced(page: Page, article: Article) -> None:
    (first,) = article.comments.filter(status=Status.PUBLISHED)
    with page.expect_response(lambda answer: answer.url.endswith("/live/") and answer.ok):
        decide(first, Outcome.REJECT, Reason.SPAM)
    expect(page.locator("#new-comments")).to_be_hidden()


def test_what_is_typed_stays_when_new_comments_are_shown(page: Page, article: Article) -> None:
    page.get_by_role("textbox", name="Коментар").fill("Недописане")
    make_comment(article, author_name="Друга")
    page.locator("#new-comments a").click()
    expect(page.get_by_role("heading", name="Друга")).to_be_visible()
    expect(page.get_by_role("textbox", name="Коментар")).to_have_value("Недописане")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_page_with_new_comments_is_accessible(page: Page, article: Article, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    make_comment(article, author_name="Друга")
    expect(page.locator("#new-comments a")).to_be_visible()
    assert not faults(page)


def test_pages_ask_for_nothing_when_the_operator_says_so(
    article: Article, open_page: OpenPage, settings: Any
) -> None:
    settings.LIVE_SECONDS = 0.0
    page = open_page(ARTICLE, java_script_enabled=True)
    expect(page.locator("#new-comments")).to_have_count(0)
