"""Setting up one-time codes and signing in with one, in a real browser, on phone and desktop."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.oath import TOTP
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from moderation.accounts.roles import Role, make_member

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESKTOP = 390, 1280


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, settings: Any) -> Iterator[Page]:
    settings.ONE_TIME_CODES = "leads"
    context = browser.new_context(
        base_url=live_server.url, locale="uk-UA", viewport={"width": PHONE, "height": 800}
    )
    yield context.new_page()
    context.close()


def sound(page: Page) -> None:
    for width in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": 800})
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_lead_sets_up_codes_and_signs_in_with_one(page: Page) -> None:
    _, password = make_member("olena", Role.LEAD)

    def sign_in() -> None:
        page.goto("/uk/admin/")
        page.fill("[name=username]", "olena")
        page.fill("[name=password]", password or "")
        page.press("[name=password]", "Enter")

    sign_in()
    picture = page.locator(".desk-qr")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    sound(page)
    key = base64.b32decode(page.locator(".desk-key").inner_text().replace(" ", ""))
    page.fill("#code", f"{TOTP(key).token():06d}")
    page.press("#code", "Enter")
    assert page.locator(".desk-codes li").count() == 10
    sound(page)
    page.goto("/uk/admin/one-time-codes/")
    assert "10 запасних кодів" in page.locator("#content").inner_text()
    sound(page)
    page.context.clear_cookies()
    sign_in()
    assert page.locator("#code").evaluate("box => box === document.activeElement")
    sound(page)
    page.fill("#code", f"{TOTP(key, drift=1).token():06d}")
    page.press("#code", "Enter")
    page.wait_for_url("**/uk/admin/")
    assert page.locator("#user-tools").is_visible()
