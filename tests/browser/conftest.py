"""A real Chromium for the pages; without one, the last lines of the run say so."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from comments.models import Article
from config.mail import MailServer
from moderation.accounts.models import User
from tests.browser.chromium import find
from tests.browser.embedding import Embedding, newspaper
from tests.browser.reading import DESKTOP, OpenDesk, OpenPage
from tests.makers import make_comment, make_story
from tests.moderation.delivery.mailbox import Mailbox, running_mailbox

# Playwright's event loop runs in the test's thread, which then uses the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# On a busy machine a page takes longer than Playwright waits.
expect.set_options(timeout=15_000)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
LONG = "https://example.org/" + "dovge-slovo-" * 12
NO_CHROMIUM = "no Chromium: not on the PATH, not by apt, not by npm"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(autouse=True)
def pages_do_not_ask_for_new_comments(settings: Any) -> None:
    """Only test_live.py turns it on: other tests count what a page requests."""
    settings.LIVE_SECONDS = 0.0


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Open a URL in a new browser without cookies, with JavaScript only if requested."""
    contexts = []

    def opened(address: str, width: int = DESKTOP, **options: Any) -> Page:
        facts = {"java_script_enabled": False, "locale": "uk-UA", **options}
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 800}, **facts
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def open_desk(browser: Browser, live_server: LiveServer) -> Iterator[OpenDesk]:
    """A new browser in which this user, if any, is signed in."""
    contexts = []

    def opened(width: int, user: User | None = None) -> Page:
        context = browser.new_context(
            base_url=live_server.url, locale="uk-UA", viewport={"width": width, "height": 800}
        )
        contexts.append(context)
        if user:
            client = Client()
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def embedded(browser: Browser, live_server: LiveServer, settings: Any) -> Iterator[Embedding]:
    """Open a page that contains <comment-thread> with these attributes."""
    contexts = []
    with newspaper() as site:
        settings.CORS_ALLOWED_ORIGINS = [site.address]

        def opened(
            attributes: str = "",
            width: int = DESKTOP,
            lang: str = "uk",
            inside: str = "",
            anchor: str = "",
            **options: Any,
        ) -> Page:
            site.fragment = f"{live_server.url}/api/v1/articles/mist/comments/html/?lang={lang}"
            attributes = attributes or f'article="mist" url="{site.address}/mist" title="Міст"'
            site.show(live_server.url, attributes, lang, inside)
            size: Any = {"width": width, "height": 800}
            context = browser.new_context(viewport=size, **options)
            contexts.append(context)
            page = context.new_page()
            page.on("console", lambda message: print("console:", message.text))
            page.goto(f"{site.address}/mist{anchor}")
            return page

        yield opened
        for context in contexts:
            context.close()


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with running_mailbox() as running, override("uk"):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_URL = MailServer("127.0.0.1", running.port)
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_FROM = "comments@example.org"
        settings.PUBLIC_URL = "https://comments.example.org"
        yield running


@pytest.fixture
def article(transactional_db: None) -> Article:
    make_story(title="Бібліотека працюватиме до дев’ятої вечора", lead="Ставок не додали.")
    return make_story(
        key="mist",
        lead="Пішоходам залишать прохід.",
        about="Пише про дороги.",
        body=(
            "<p>Міст закриють.</p><h2>Далі</h2><blockquote><p>Ні.</p><p><cite>Депутатка</cite></p>"
            '</blockquote><p><strong>Читайте також:</strong> <a href="../x/">Бібліотека</a></p>'
        ),
    )


@pytest.fixture
def busy(article: Article) -> Article:
    """An article with more than a page of comments, replies and a very long word."""
    for _ in range(21):
        make_comment(article)
    root = make_comment(article, text=f"Ось посилання: {LONG}", author_url="https://example.org")
    make_comment(article, parent=root, author_name="Н" * 80)
    return article
