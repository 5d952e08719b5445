"""Care for the person at the queue: covered texts, hard comments counted, a pause suggested."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Status
from moderation.accounts.roles import Role, make_member
from tests.browser.reading import OpenDesk
from tests.makers import make_comment

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/uk/admin/queue/"
BLUR = "text => getComputedStyle(text).filter"
AN_HOUR_AGO = """() => localStorage.setItem("desk.shift", JSON.stringify(
  { since: Date.now() - 3600000, last: Date.now(), pauses: true }))"""


@pytest.fixture
def page(open_desk: OpenDesk, transactional_db: None) -> Page:
    for _ in range(3):
        make_comment(status=Status.HELD)
    opened = open_desk(1280, make_member("marta", Role.MODERATOR)[0])
    opened.goto(QUEUE)
    opened.wait_for_load_state("networkidle")
    return opened


def test_a_covered_text_is_shown_by_focus_or_a_key(page: Page) -> None:
    text = page.locator("div.focus-text")
    assert text.evaluate(BLUR) == "none"
    page.locator("#focus-cover").click()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert "blur" in text.evaluate(BLUR)
    page.keyboard.press("b")
    assert text.evaluate(BLUR) == "none"
    page.keyboard.press("j")
    expect(page.locator(".focus-row").nth(1).locator("a")).to_have_attribute("aria-current", "true")
    assert "blur" in text.evaluate(BLUR)
    text.focus()
    assert text.evaluate(BLUR) == "none"


def test_hard_comments_of_a_shift_are_counted(page: Page) -> None:
    for left in (2, 1):
        page.keyboard.press("p")
        expect(page.locator("#focus-said")).to_contain_text(f"лишилося {left}")
    expect(page.locator("#focus-hard")).to_have_text("Важких коментарів за зміну: 2")
    page.reload()
    expect(page.locator("#focus-hard")).to_have_text("Важких коментарів за зміну: 2")


def test_a_pause_is_suggested_unless_that_is_turned_off(page: Page) -> None:
    page.evaluate(AN_HOUR_AGO)
    page.reload()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("p")
    expect(page.locator("#focus-pause")).to_contain_text("Ви працюєте вже 50 хвилин.")
    page.keyboard.press("?")
    page.locator("#focus-pauses").uncheck()
    expect(page.locator("#focus-pause")).to_be_empty()


def test_a_note_is_written_without_leaving_the_queue(page: Page) -> None:
    page.keyboard.press("n")
    expect(page.locator("#focus-note-text")).to_be_focused()
    page.keyboard.type("Пишуть удвох.")
    page.locator(".focus-note-form button").click()
    expect(page.locator("#focus-said")).to_have_text("Нотатку збережено.")
    expect(page.locator(".focus-card .desk-notes")).to_contain_text("Пишуть удвох.")
    assert "/admin/queue/" in page.url


def test_the_key_of_the_author_opens_their_page(page: Page) -> None:
    page.keyboard.press("o")
    page.wait_for_url("**/admin/authors/**")
