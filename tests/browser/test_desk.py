"""The moderators' desk in a real browser: everyday work with the mouse, at any width."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Permission
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment, Status
from moderation.accounts.models import User
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/uk/admin/queue/list/"


@pytest.fixture(params=[360, 1280])
def desk(
    browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A moderator, signed in through the login page."""
    marta = User.objects.create_user("marta", password="довга фраза", is_staff=True)
    marta.user_permissions.set(
        Permission.objects.filter(
            codename__in=["view_heldcomment", "change_heldcomment", "view_comment"]
        )
    )
    article = make_article(title="Міст")
    for text in ("Перший із черги", "Другий із черги", "Третій <b>із</b> черги"):
        make_comment(article, Status.HELD, text=text)
    page = browser.new_page(viewport={"width": request.param, "height": 800})
    page.goto(live_server.url + QUEUE)
    page.fill("[name=username]", "marta")
    page.fill("[name=password]", "довга фраза")
    page.press("[name=password]", "Enter")
    page.wait_for_selector(".desk-card")
    yield page
    page.close()


def statuses() -> list[str]:
    return list(Comment.objects.order_by("id").values_list("status", flat=True))


def test_one_click_publishes_and_the_card_disappears(desk: Page) -> None:
    desk.locator(".desk-card").first.get_by_role("button", name="Опублікувати").click()
    desk.wait_for_selector("text=Опубліковано 1 коментар.")
    assert desk.locator(".desk-card").count() == 2
    assert statuses() == ["published", "held", "held"]
    # The message lies over the page, so it can be closed.
    desk.get_by_role("button", name="Закрити повідомлення").click()
    assert not desk.get_by_text("Опубліковано 1 коментар.").is_visible()


def test_the_selected_comments_are_rejected_together(desk: Page) -> None:
    for card in desk.locator(".desk-card .desk-tick").all()[:2]:
        card.check()
    desk.locator(".desk-bar").get_by_role("button", name="спам").click()
    # The preview says what will be decided, and asks once.
    desk.locator("button[autofocus]").click()
    desk.wait_for_selector("text=Відхилено 2 коментарі.")
    assert statuses() == ["rejected", "rejected", "held"]


def test_enter_in_a_checkbox_decides_nothing(desk: Page) -> None:
    desk.locator(".desk-card .desk-tick").first.check()
    desk.locator(".desk-card .desk-tick").first.press("Enter")
    desk.wait_for_selector("text=Оберіть, що зробити")
    assert statuses() == ["held", "held", "held"]


def test_the_page_fits_the_screen_and_has_no_accessibility_errors(desk: Page) -> None:
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    faults = Axe().run(desk, context=".desk-card").response["violations"]
    assert [fault["id"] for fault in faults] == []


def test_after_a_decision_the_next_card_has_the_focus(desk: Page) -> None:
    second = desk.locator(".desk-card").nth(1)
    second.get_by_role("button", name="Опублікувати").press("Enter")
    desk.wait_for_selector("text=Опубліковано 1 коментар.")
    assert "Третій" in desk.locator(".desk-card:focus").inner_text()
