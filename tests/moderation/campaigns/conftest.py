from typing import Any

import pytest

from comments.models import Article
from tests.makers import make_article


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture(autouse=True)
def _sizes(settings: Any) -> None:
    settings.CAMPAIGN_SIZE, settings.CAMPAIGN_CONTACT_SIZE = 5, 3
    settings.REPEAT_HOURS = 0
