from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from comments.models import Article, KeyScope, Site, SiteKey
from tests.makers import make_article


@pytest.fixture
def article() -> Article:
    return make_article(key="mist", url="https://news.example/mist")


@pytest.fixture
def program() -> Callable[..., Client]:
    """Makes a program of the default site, or of another, with a key of this scope."""

    def make(scope: KeyScope = KeyScope.DECIDE, site: Site | None = None, name: str = "") -> Client:
        key = SiteKey.objects.add(site or Site.objects.default(), name or f"app {scope}", scope)
        headers: dict[str, Any] = {"Authorization": f"Bearer {key}", "Accept-Language": "en"}
        return Client(headers=headers)

    return make
