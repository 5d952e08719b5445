"""The embedded discussion tells of what others wrote; the reader's own comment is no news."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from comments.models import Article, Comment
from moderation.policy.verdict import Outcome, Reason
from tests.browser.embedding import Embedding, send
from tests.browser.reading import fill
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "З’явилися нові коментарі."
LISTEN = """() => {
  window.heard = [];
  const [status] = document.querySelectorAll("[part=unseen][role=status]");
  new MutationObserver(() => heard.push(status.textContent)).observe(status, { childList: true });
}"""


@pytest.fixture
def article(settings: Any) -> Article:
    settings.LIVE_SECONDS = 0.2
    article = make_article(key="mist")
    make_comment(article, author_name="Ганна")
    return article


def sent(page: Page) -> Comment:
    fill(page)
    send(page)
    expect(page.locator("[part=own]")).to_contain_text("Дякую за статтю!")
    page.evaluate(LISTEN)
    return Comment.objects.latest("pk")


def publish(page: Page, comment: Comment) -> None:
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    listed = page.locator("[part=list]").locator(f"#{comment.anchor}")
    expect(listed).to_contain_text("Ваш коментар")


def heard(page: Page) -> str:
    """What a screen reader has said of the discussion."""
    return " ".join(page.evaluate("heard"))


def offered(page: Page) -> Locator:
    return page.locator("[part~=fresh]")


def test_ones_own_comment_is_not_offered_as_new(embedded: Embedding, article: Article) -> None:
    page = embedded()
    publish(page, sent(page))
    expect(page.get_by_role("heading", name="2 коментарі")).to_be_visible()
    expect(offered(page)).to_be_hidden()
    assert NEW not in heard(page)


def test_only_what_others_wrote_is_counted_as_new(embedded: Embedding, article: Article) -> None:
    page = embedded()
    mine = sent(page)
    make_comment(article, author_name="Олена")
    expect(offered(page)).to_have_text("Показати 1 новий коментар")
    publish(page, mine)
    expect(page.get_by_role("heading", name="3 коментарі")).to_be_visible()
    expect(offered(page)).to_have_text("Показати 1 новий коментар")
