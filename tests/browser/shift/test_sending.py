"""Decisions that wait to be sent: none is lost by leaving, and what fails swaps no card."""

import pytest
from playwright.sync_api import Page, Route, expect

from comments.models import Comment, Status
from tests.browser.reading import faults
from tests.browser.shift.conftest import AtQueue
from tests.browser.shift.keyboard import expect_in_focus, press, read, said
from tests.makers import edit

pytestmark = pytest.mark.django_db(transaction=True)
SENT = "new Promise(moderationQueue.whenSent)"


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


def test_a_key_that_leads_elsewhere_does_not_hide_that_something_failed(
    page: Page, few: list[Comment]
) -> None:
    first = hold(page, "decide", "p")
    press(page, "o")
    first.abort()
    expect(page.locator("#focus-alert")).to_contain_text("Не вдалося надіслати")
    expect_in_focus(page, few[1].pk)
    press(page, "o")
    page.wait_for_url("**/admin/authors/**")
    assert statuses(few[0]) == [Status.HELD]


def test_what_fails_waits_again_and_the_card_that_is_read_stays(
    page: Page, few: list[Comment]
) -> None:
    first = hold(page, "decide", "p")
    expect_in_focus(page, few[1].pk)
    first.abort()
    row, back = page.locator(f"#row-{few[0].pk}"), page.locator("#focus-back")
    expect(page.locator("#focus-alert")).to_contain_text("Не вдалося надіслати")
    expect(row).to_contain_text("не вирішено")
    expect(back).to_have_text(f"Знову чекають на рішення: #{few[0].pk}")
    page.evaluate("moderationQueue.look()")
    assert faults(page) == []
    expect(row).to_contain_text("не вирішено")
    press(page, "p")
    said(page, "лишилося 11")
    assert statuses(*few[:2]) == [Status.HELD, Status.PUBLISHED]
    expect_in_focus(page, few[2].pk)
    back.get_by_role("link").press("Enter")
    expect_in_focus(page, few[0].pk)
    expect(back).to_be_hidden()
    expect(row).not_to_contain_text("не вирішено")
    press(page, "p")
    said(page, "лишилося 10")
    assert statuses(*few[:2]) == [Status.PUBLISHED] * 2


def test_what_its_author_has_changed_waits_again_and_the_card_that_is_read_stays(
    page: Page, few: list[Comment]
) -> None:
    edit(few[0])
    press(page, "p")
    told = f"Коментар #{few[0].pk} змінився, відколи ви його відкрили. Прочитайте його ще раз."
    expect(page.locator("#focus-alert")).to_have_text(told)
    expect_in_focus(page, few[1].pk)
    page.locator("#focus-back").get_by_role("link").click()
    changed = Comment.objects.get(pk=few[0].pk)
    expect(page.locator("div.focus-text")).to_have_text(changed.text)


def test_an_undo_that_is_late_leaves_the_card_that_is_read(page: Page, few: list[Comment]) -> None:
    press(page, "p")
    said(page, "лишилося 11")
    late = hold(page, "undo", "u")
    press(page, "p")
    expect_in_focus(page, few[2].pk)
    late.continue_()
    expect(page.locator("#focus-back")).to_contain_text(f"#{few[0].pk}")
    page.evaluate(SENT)
    expect_in_focus(page, few[2].pk)
    assert statuses(*few[:3]) == [Status.HELD, Status.PUBLISHED, Status.HELD]
