"""The pages of site keys in a real browser: made, shown once, used, revoked."""

import re

import pytest
from playwright.sync_api import expect

from comments import checks
from comments.models import SiteKey
from moderation.accounts.models import User
from tests.browser.reading import OpenDesk, faults

pytestmark = pytest.mark.django_db(transaction=True)
KEYS = "/uk/admin/comments/sitekey/"
FITS = "document.documentElement.scrollWidth <= innerWidth"


def test_a_key_is_made_and_revoked_on_pages_without_faults(open_desk: OpenDesk) -> None:
    page = open_desk(1280, User.objects.create_superuser("root"))

    def check() -> None:
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(FITS), (page.url, width)
            assert faults(page) == [], (page.url, width)

    page.goto(f"{KEYS}add/")
    check()
    page.fill("[name=name]", "Наш блог")
    page.select_option("[name=scope]", "check")
    page.click("[name=_save]")
    expect(page.locator(".desk-key")).to_have_text(re.compile(r"[a-z0-9]{12}"))
    check()
    checks.count_check(SiteKey.objects.get(), spam=True)
    page.click(".button")
    check()
    page.click(".object-tools a >> nth=0")
    check()
    page.click("#content-main button")
    expect(page.locator(".messagelist")).to_be_visible()
    page.goto(KEYS)
    check()
    assert SiteKey.objects.get().revoked_at is not None
