"""A decision against an earlier one is asked about in place, and the same key confirms it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment, Status
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import review_all
from moderation.transitions import Seen
from tests.browser.reading import OpenDesk, faults
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/uk/admin/queue/"
REJECTED, PUBLISHED = "Закрийте нарешті цей міст, дурні!", "Коли відкриють міст на Подолі?"
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def olha(transactional_db: None) -> User:
    return make_member("olha", Role.MODERATOR)[0]


def decide(user: User, comment: Comment, verdict: Verdict) -> None:
    assert review_all(moderator=user, verdict=verdict, seen={comment.pk: Seen.of(comment)}).done


@pytest.fixture
def held(olha: User) -> list[Comment]:
    """Olha has rejected the first text before, and published the second."""
    article = make_article(title="Міст")
    verdicts = {
        REJECTED: Verdict(Outcome.REJECT, Reason.TOXICITY),
        PUBLISHED: Verdict(Outcome.PUBLISH, Reason.REVIEWED),
    }
    for text, verdict in verdicts.items():
        decide(olha, make_comment(article, Status.HELD, text=text), verdict)
    texts = [REJECTED, PUBLISHED, "Дощить сьогодні."]
    return [make_comment(article, Status.HELD, text=text) for text in texts]


@pytest.fixture
def at_queue(open_desk: OpenDesk) -> Callable[[int], Page]:
    def opened(width: int) -> Page:
        page = open_desk(width, make_member("marta", Role.MODERATOR)[0])
        page.goto(QUEUE)
        page.wait_for_load_state("networkidle")
        return page

    return opened


def in_focus(page: Page, comment: Comment) -> None:
    expect(page.locator(".focus-card")).to_have_attribute("data-comment", str(comment.pk))


def status(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.status


def test_the_same_key_again_confirms(at_queue: Callable[[int], Page], held: list[Comment]) -> None:
    page = at_queue(1280)
    page.keyboard.press("p")
    question = page.locator(".focus-asked")
    expect(question).to_contain_text("відхилено (образа), olha")
    assert question.get_attribute("role") == "alert"
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    page.keyboard.press("p")
    in_focus(page, held[0])
    page.keyboard.press("p")
    in_focus(page, held[1])
    page.keyboard.press("r")
    page.keyboard.press("1")
    expect(page.locator(".focus-asked")).to_contain_text("опубліковано, olha")
    page.keyboard.press("1")
    in_focus(page, held[2])
    expect(page.locator("#focus-said")).to_contain_text("лишилося 1")
    assert [status(each) for each in held] == [Status.PUBLISHED, Status.REJECTED, Status.HELD]


def test_another_decision_is_taken_without_a_question(
    at_queue: Callable[[int], Page], held: list[Comment]
) -> None:
    page = at_queue(390)
    page.get_by_role("button", name="Опублікувати").click()
    expect(page.locator(".focus-asked")).to_be_visible()
    assert page.evaluate(FITS)
    page.get_by_role("button", name="Відхилити").click()
    page.get_by_role("button", name="образа").click()
    in_focus(page, held[1])
    expect(page.locator("#focus-said")).to_contain_text("лишилося 2")
    assert status(held[0]) == Status.REJECTED


def test_what_a_colleague_decides_meanwhile_is_asked_about_too(
    at_queue: Callable[[int], Page], held: list[Comment], olha: User
) -> None:
    page = at_queue(1280)
    third = held[2]
    twin = make_comment(third.article, Status.HELD, text=third.text)
    page.locator(f"#row-{third.pk} a").click()
    in_focus(page, third)
    decide(olha, twin, Verdict(Outcome.REJECT, Reason.OFF_TOPIC))
    page.keyboard.press("p")
    expect(page.locator("#focus-alert")).to_contain_text("щойно вирішили інакше")
    in_focus(page, held[0])
    page.locator("#focus-back a").click()
    in_focus(page, third)
    expect(page.locator(".focus-asked")).to_contain_text("olha")
    assert status(third) == Status.HELD
    page.keyboard.press("p")
    expect(page.locator("#focus-said")).to_contain_text("лишилося 2")
    assert status(third) == Status.PUBLISHED
