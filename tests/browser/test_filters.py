"""The filters, orders and saved views of a list, on a phone and a desktop, without JavaScript."""

import os
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment, Status
from moderation.accounts.roles import Role, make_member
from moderation.models import SavedView
from tests.browser.reading import OpenPage
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESKTOP = 390, 1280
FITS = "document.documentElement.scrollWidth <= innerWidth"
QUEUE = "/uk/admin/queue/list/"
FOCUS = "/uk/admin/queue/"
ASKED = "?language=uk&order=risk&article=міст"
NAME = "Українською, спершу найгірші"


def signed_in(open_page: OpenPage, server: LiveServer, width: int, **options: Any) -> Page:
    user, _ = make_member("lead", Role.LEAD)
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    value, host = client.cookies["sessionid"].value, urlsplit(server.url).hostname
    cookie = {"name": "sessionid", "value": value, "domain": host, "path": "/"}
    state = {"cookies": [cookie], "origins": []}
    return open_page(QUEUE, width, storage_state=state, **options)


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found]


@pytest.fixture
def _held() -> None:
    article = make_article(title="Міст відремонтують до осені")
    for text in ("Ну й розумник!", "Хто це вигадав?", "Нарешті візьмуться за міст."):
        comment = make_comment(article, Status.HELD, text=text)
        Comment.objects.filter(pk=comment.pk).update(risk=7000, language="uk")


@pytest.mark.usefixtures("_held")
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_view_is_filtered_saved_and_deleted_without_javascript(
    open_page: OpenPage, live_server: LiveServer, width: int
) -> None:
    page = signed_in(open_page, live_server, width)
    page.get_by_text("Пошук і фільтри").click()
    page.get_by_text("Більше фільтрів").click()
    page.get_by_label("Мова").select_option("uk")
    page.get_by_label("Порядок").select_option("risk")
    page.get_by_label("Стаття: слова заголовка").fill("МІСТ")
    page.locator(".desk-filter button").click()
    assert page.get_by_text("Знайдено: 3").is_visible()
    page.get_by_text("Зберегти цю добірку").click()
    page.get_by_label("Назва добірки").fill(NAME)
    page.get_by_label("для всіх").check()
    page.get_by_role("button", name="Зберегти").click()
    assert page.get_by_role("link", name=NAME).get_attribute("aria-current") == "page"
    page.goto(QUEUE)
    page.get_by_role("link", name=NAME).click()
    assert page.get_by_label("Порядок").input_value() == "risk"
    assert page.get_by_text("Знайдено: 3").is_visible()
    assert page.evaluate(FITS)
    page.locator(".desk-views summary").click()
    page.get_by_role("button", name=f"Видалити «{NAME}»").click()
    assert not SavedView.objects.exists()


@pytest.mark.usefixtures("_held")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_the_open_filters_fit(
    open_page: OpenPage, live_server: LiveServer, scheme: str
) -> None:
    lead, _ = make_member("lead", Role.LEAD)
    for name, query in ((NAME, "language=uk&order=risk"), ("Спам", "reason=spam")):
        SavedView.objects.create(owner=lead, place="queue", name=name, query=query, is_shared=True)
    page = signed_in(open_page, live_server, DESKTOP, color_scheme=scheme, java_script_enabled=True)
    for address, width in product((QUEUE, FOCUS), (DESKTOP, PHONE)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{address}{ASKED}")
        page.locator(".desk-views summary").click()
        if address == FOCUS:
            page.locator(".focus-filters > summary").click()
        assert page.evaluate(FITS)
        assert faults(page) == []
        if folder := os.environ.get("PICTURES"):
            name = f"filters-{address.split('/')[-2]}-{scheme}-{width}.png"
            page.screenshot(path=Path(folder) / name, full_page=True)
