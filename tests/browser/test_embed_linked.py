"""The embedded discussion goes to the comment in the page's address once, and never by itself."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from comments.models import Article, Comment
from moderation.policy.verdict import Outcome, Reason
from tests.browser.embedding import Embedding
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article(settings: Any) -> Article:
    settings.LIVE_SECONDS = 0.2
    return make_article(key="mist")


@pytest.fixture
def linked(article: Article) -> Comment:
    linked = make_comment(article)
    for _ in range(8):
        make_comment(article)
    return linked


def search(page: Page, linked: Comment) -> None:
    """Look at the linked comment, then type at the top of the site."""
    expect(page.locator(f"#{linked.anchor}")).to_be_focused()
    page.get_by_role("searchbox").fill("міст")


def is_still_searching(page: Page) -> None:
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("searchbox")).to_be_in_viewport()


def test_a_reader_elsewhere_is_not_moved_when_a_comment_is_taken_down(
    embedded: Embedding, linked: Comment
) -> None:
    page = embedded(anchor=f"#{linked.anchor}")
    search(page, linked)
    decide(Comment.objects.latest("pk"), Outcome.REJECT, Reason.SPAM)
    expect(page.locator("[part~=comment]")).to_have_count(8)
    is_still_searching(page)


def test_a_reader_elsewhere_is_not_moved_when_the_discussion_closes(
    embedded: Embedding, article: Article, linked: Comment
) -> None:
    page = embedded(anchor=f"#{linked.anchor}")
    search(page, linked)
    article.closes_at = article.published_at
    article.save(update_fields=["closes_at"])
    expect(page.locator("[part=closed]")).to_be_visible()
    is_still_searching(page)


def test_another_order_leaves_the_reader_at_its_link(embedded: Embedding, linked: Comment) -> None:
    page = embedded(anchor=f"#{linked.anchor}")
    expect(page.locator(f"#{linked.anchor}")).to_be_focused()
    page.get_by_role("link", name="Найстаріші").click()
    chosen = page.locator("[data-order=oldest][aria-current]")
    expect(chosen).to_be_focused()
    expect(chosen).to_be_in_viewport()


def test_a_list_that_is_loaded_at_the_second_try_goes_to_the_comment(
    embedded: Embedding, linked: Comment
) -> None:
    page = embedded("article='mist' server='http://localhost:9/'", anchor=f"#{linked.anchor}")
    expect(page.get_by_role("alert")).to_contain_text("Не вдалося завантажити коментарі.")
    page.route("http://localhost:9/**", lambda route: route.abort())
    page.locator("comment-thread").evaluate("element => element.removeAttribute('server')")
    expect(page.locator(f"#{linked.anchor}")).to_be_focused()
