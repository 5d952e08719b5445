"""The content security policy in a real browser: every page works and none violates it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Status
from tests.browser.trap import Trap
from tests.makers import make_article, make_comment
from tests.moderation.desk.desks import signed_in_as_superuser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A new browser, signed in as a superuser."""
    context = browser.new_context(base_url=live_server.url)
    cookie = signed_in_as_superuser().cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    yield context
    context.close()


def test_no_page_violates_the_content_security_policy(
    context: BrowserContext, live_server: LiveServer
) -> None:
    article = make_article(key="mist")
    make_comment(article)
    held = make_comment(article, Status.HELD)
    trap = Trap(context, live_server.url)
    page = context.new_page()
    for address in (
        "/uk/",
        "/uk/articles/mist/",
        "/uk/nothing/",
        "/uk/admin/",
        "/uk/admin/queue/",
        f"/uk/admin/comments/{held.pk}/",
        "/uk/admin/moderation/decision/",
        "/uk/admin/moderation/sitepolicy/add/",
        "/uk/admin/comments/article/add/",
        "/uk/admin/accounts/user/add/",
        "/uk/admin/password_change/",
    ):
        page.goto(address)
    assert trap.sprung == []


def test_the_api_page_works_under_the_content_security_policy(
    context: BrowserContext, live_server: LiveServer
) -> None:
    make_article(key="mist")
    trap = Trap(context, live_server.url)
    page = context.new_page()
    page.goto("/api/docs/", wait_until="networkidle")
    page.get_by_text("List published comments with their first replies").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_placeholder("key").fill("mist")
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    assert [each for each in trap.sprung if "policy" in each] == []
