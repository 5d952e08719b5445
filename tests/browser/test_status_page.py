"""An author's private page in a real browser: every state, and the way through it by keyboard."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from comments.identity import status_page_path
from comments.models import Article, Comment, Status
from moderation import appeals, services
from moderation.accounts.models import User
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import review_all
from moderation.transitions import Seen
from tests.browser.reading import DESKTOP, OpenPage
from tests.browser.test_reporting import fits, violations
from tests.makers import decide, make_comment, set_policy

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 390


def address(comment: Comment, language: str = "uk") -> str:
    path = status_page_path(comment.pk)
    return f"/{language}/{path.split('/', 2)[2]}"


def answered(article: Article) -> Comment:
    """A comment whose author has appealed, and a moderator has answered."""
    comment = make_comment(article, Status.REJECTED)
    appeals.appeal(comment=comment, sentence="Це цитата з пісні, а не реклама.")
    marta = User.objects.create_superuser("marta")
    verdict, seen = Verdict(Outcome.REJECT, Reason.SPAM), {comment.pk: Seen.of(comment)}
    review_all(moderator=marta, verdict=verdict, seen=seen, answer="Посилання веде до крамниці.")
    return comment


def marked(article: Article) -> Comment:
    """A held comment whose author is shown the words."""
    text = "Тут можна купити диплом без сесії й заліків.\nПишіть у приватні."
    comment = make_comment(article, Status.PENDING, text=text)
    decide(comment, Outcome.HOLD, Reason.BANNED_WORD)
    set_policy(banned_words="купити диплом", show_words=True)
    return comment


@pytest.mark.parametrize(
    ("width", "colours", "language"),
    [(PHONE, "dark", "uk"), (DESKTOP, "light", "en"), (PHONE, "light", "en")],
)
def test_axe_finds_nothing_in_any_state(
    open_page: OpenPage,
    article: Article,
    width: int,
    colours: Literal["light", "dark"],
    language: str,
) -> None:
    page = open_page("/", width, color_scheme=colours, java_script_enabled=True)
    states = [make_comment(article, status) for status in Status]
    for comment in [*states, answered(article), marked(article)]:
        page.goto(address(comment, language))
        for details in page.locator("details").all():
            details.evaluate("each => each.open = true")
        assert (violations(page), fits(page, width)) == ([], True)


def test_a_comment_is_mended_by_keyboard_without_javascript(
    open_page: OpenPage, article: Article
) -> None:
    comment = make_comment(article, Status.REJECTED)
    page = open_page(address(comment), PHONE)
    expect(page.get_by_role("region", name="Не опубліковано")).to_contain_text("не опубліковано")
    page.locator("summary", has_text="Змінити коментар").focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Коментар *").fill("")
    page.get_by_role("button", name="Надіслати змінений коментар").click()
    expect(page.get_by_role("alert")).to_contain_text("Напишіть коментар")
    page.get_by_role("textbox", name="Коментар *").fill("Дякую міській раді за новий міст.")
    page.get_by_role("button", name="Надіслати змінений коментар").click()
    expect(page.get_by_role("region", name="Перевіряється")).to_be_visible()
    services.moderate(comment_id=comment.pk)
    page.reload()
    expect(page.get_by_role("region", name="Опубліковано")).to_be_visible()
    page.get_by_role("link", name="Перейти до обговорення").click()
    expect(page.locator(f"#{comment.anchor}")).to_be_in_viewport()


def test_a_decision_appears_by_itself_and_leaves_what_is_typed(
    open_page: OpenPage, article: Article
) -> None:
    comment = make_comment(article, Status.PENDING)
    page = open_page(address(comment), java_script_enabled=True)
    page.locator("summary", has_text="Змінити коментар").click()
    _typing(page, "Дякую за мо")
    services.moderate(comment_id=comment.pk)
    expect(page.get_by_role("heading", name="Опубліковано")).to_be_visible(timeout=9000)
    expect(page.get_by_role("textbox", name="Коментар *")).to_have_value("Дякую за мо")
    expect(page.get_by_role("textbox", name="Коментар *")).to_be_focused()


def _typing(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Коментар *").fill(text)
    page.get_by_role("textbox", name="Коментар *").focus()
