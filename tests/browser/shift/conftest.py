"""Moderators at their browsers, with the queue open."""

from collections.abc import Callable
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from comments.models import Comment, Status
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from tests.browser.reading import OpenDesk
from tests.browser.shift.keyboard import QUEUE, WATCH
from tests.makers import make_article, make_comment

DESKTOP = 1280
AtQueue = Callable[..., Page]
Scheme = Literal["light", "dark"]


@pytest.fixture(autouse=True)
def ten_minutes(settings: Any) -> None:
    """Decisions can be undone for as long as on a real site."""
    settings.UNDO_MINUTES = 10


@pytest.fixture
def few(transactional_db: None) -> list[Comment]:
    """A dozen comments in the queue."""
    article = make_article(title="Міст", text="Міст закриють на чотири місяці.")
    return [make_comment(article, Status.HELD) for _ in range(12)]


@pytest.fixture
def at_queue(open_desk: OpenDesk) -> AtQueue:
    """A member's own browser with the queue open."""

    def opened(
        name: str, role: Role = Role.MODERATOR, width: int = DESKTOP, language: str = "uk"
    ) -> Page:
        page = open_desk(width, member(name, role))
        page.goto(QUEUE.format(language=language))
        page.wait_for_load_state("networkidle")
        page.evaluate(WATCH)
        return page

    return opened


def member(name: str, role: Role) -> User:
    return make_member(name, role)[0]
