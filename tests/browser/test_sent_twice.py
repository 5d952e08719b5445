"""A comment sent twice in a real browser is stored once, and a correction is not lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment
from tests.comments.reception.pages import FORM
from tests.makers import make_article

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/uk/articles/mist/"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def reader(
    browser: Browser,
    live_server: LiveServer,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[BrowserContext]:
    settings.FORM_CHECKS = True
    # Playwright types faster than any reader.
    monkeypatch.setattr("comments.reception.forms.MIN_AGE", 0)
    make_article(key="mist")
    with browser.new_context(
        base_url=live_server.url, locale="uk-UA", java_script_enabled=request.param
    ) as context:
        yield context


def written(context: BrowserContext, **over: str) -> Page:
    page = context.new_page()
    page.goto(ADDRESS)
    fill(page, **over)
    return page


def fill(page: Page, **over: str) -> None:
    for field, typed in {**FORM, **over}.items():
        page.fill(f"#id_{field}", typed)


def send(page: Page) -> None:
    with page.expect_navigation():
        page.click("button[type=submit]")


def test_a_double_click_stores_one_comment(reader: BrowserContext) -> None:
    page = written(reader)
    page.dblclick("button[type=submit]")
    page.wait_for_url("**#comment-*")
    assert Comment.objects.count() == 1


def test_two_tabs_store_one_comment(reader: BrowserContext) -> None:
    tabs = [written(reader) for _ in range(2)]
    for tab in tabs:
        send(tab)
        expect(tab.get_by_text(FORM["text"])).to_have_count(1)
    assert Comment.objects.count() == 1


def test_sending_again_after_back_stores_one_comment_and_a_correction_can_be_sent(
    reader: BrowserContext,
) -> None:
    page = written(reader)
    send(page)
    page.go_back()
    fill(page)
    send(page)
    assert Comment.objects.count() == 1
    page.go_back()
    fill(page, author_name="Оксана Гай")
    send(page)
    if Comment.objects.count() == 1:
        expect(page.get_by_role("alert")).to_contain_text("Із цієї сторінки вже надіслано")
        send(page)
    names = list(Comment.objects.values_list("author_name", "looks_automated").order_by("id"))
    assert names == [("Оксана", False), ("Оксана Гай", False)]
