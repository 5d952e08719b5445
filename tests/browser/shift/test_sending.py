"""Decisions that wait to be sent: none is lost by leaving."""

import pytest
from playwright.sync_api import Page, Route

from comments.models import Comment, Status
from tests.browser.shift.conftest import AtQueue
from tests.browser.shift.keyboard import expect_in_focus, press, read, said

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(at_queue: AtQueue, few: list[Comment]) -> Page:
    opened = at_queue("marta")
    read(opened)
    return opened


def hold(page: Page, act: str, key: str) -> Route:
    """Press a key, and hold what it sends on its way; what is sent later goes through at once."""
    on_its_way = list[Route]()
    page.route(f"**/queue/{act}/**", lambda route: on_its_way.append(route), times=1)
    with page.expect_request(f"**/queue/{act}/**"):
        press(page, key)
    while not on_its_way:
        page.wait_for_timeout(10)
    return on_its_way[0]


def statuses(*comments: Comment) -> list[str]:
    found = dict(Comment.objects.values_list("pk", "status"))
    return [found[each.pk] for each in comments]


def test_whoever_leaves_is_asked_while_decisions_are_not_sent(
    page: Page, few: list[Comment]
) -> None:
    first = hold(page, "decide", "p")
    press(page, "p", "p")
    expect_in_focus(page, few[3].pk)
    assert statuses(*few[:3]) == [Status.HELD] * 3
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    first.continue_()
    said(page, "лишилося 9")
    assert statuses(*few[:3]) == [Status.PUBLISHED] * 3
    with page.expect_event("close"):
        page.close(run_before_unload=True)


def test_a_key_that_leads_elsewhere_waits_until_everything_is_sent(
    page: Page, few: list[Comment]
) -> None:
    first = hold(page, "decide", "p")
    press(page, "p", "o")
    said(page, "Хвилинку: надсилаємо ваші рішення.")
    assert "/queue/" in page.url
    first.continue_()
    page.wait_for_url("**/admin/authors/**")
    assert statuses(*few[:3]) == [Status.PUBLISHED] * 2 + [Status.HELD]
