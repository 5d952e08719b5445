"""A hint at the form when typing pauses, also for screen readers; it keeps nobody from sending."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from comments.models import Article, Comment
from moderation.hints import rough_words
from tests.browser import embedding
from tests.browser.embedding import Embedding
from tests.browser.reading import PHONE, OpenPage, faults, fill, send

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/uk/articles/mist/"
ROUGH = "Тут пишуть самі ідіоти."


@pytest.fixture(autouse=True)
def hints_are_given(settings: Any, article: Article) -> None:
    settings.HINTS = True
    # The first one waits for the model.
    rough_words(text=ROUGH, site="main")


def hint_follows_the_text(page: Page) -> Locator:
    """Leaves a text that gets a hint in the form."""
    hint = page.get_by_role("status").filter(has_text="Це може когось образити.")
    fill(page, Коментар=ROUGH)
    expect(hint.locator("mark")).to_have_text(["ідіоти"])
    expect(hint).to_contain_text("Надіслати можна і так.")
    assert not faults(page)
    fill(page, Коментар="Дякую за новину про міст.")
    expect(hint).to_have_count(0)
    fill(page, Коментар=ROUGH)
    return hint


def test_the_words_are_marked_until_they_are_gone_and_the_comment_can_be_sent(
    open_page: OpenPage, article: Article
) -> None:
    page = open_page(ADDRESS, PHONE, java_script_enabled=True)
    hint_follows_the_text(page)
    send(page)
    assert Comment.objects.get().text == ROUGH


def test_the_form_inside_another_page_gives_the_same_hint(
    embedded: Embedding, article: Article
) -> None:
    page = embedded()
    hint = hint_follows_the_text(page)
    expect(hint.locator("mark")).to_have_count(1)
    embedding.send(page)
    expect(page.locator("[part=own]")).to_contain_text(ROUGH)
    expect(hint).to_have_count(0)
