import pytest

from comments.models import Article
from tests.makers import make_article


@pytest.fixture
def article() -> Article:
    return make_article(key="mist")
