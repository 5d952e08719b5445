"""A campaign of two hundred comments is rejected and taken back by keys."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment, Status
from moderation.models import Act, Membership
from moderation.policy.verdict import Outcome, Reason
from tests.browser.reading import faults
from tests.browser.shift.conftest import AtQueue
from tests.browser.shift.keyboard import activate, press, said
from tests.makers import decide, make_article, make_comment
from tests.moderation.campaigns.letters import PETITION

pytestmark = pytest.mark.django_db(transaction=True)
SIZE = 200


@pytest.fixture
def copies(transactional_db: None) -> list[int]:
    """Two hundred copies of a published comment in the queue; return their ids."""
    article = make_article(title="Міст")
    first = make_comment(article, text=PETITION)
    made = [
        make_comment(article, Status.PENDING, text=f"{PETITION} {number}") for number in range(SIZE)
    ]
    for comment in made:
        decide(comment, Outcome.HOLD, Reason.CAMPAIGN)
    members = [Membership(comment=each, campaign=first.pk) for each in (first, *made)]
    Membership.objects.bulk_create(members)
    return [comment.pk for comment in made]


def count(status: Status, ids: list[int]) -> int:
    return Comment.objects.filter(pk__in=ids, status=status).count()


def test_a_campaign_of_200_is_rejected_and_undone_by_keys(
    at_queue: AtQueue, copies: list[int]
) -> None:
    page = at_queue("marta")
    expect(page.locator(".focus-row")).to_have_count(1)
    press(page, "c")
    page.wait_for_url("**/campaigns/**")
    activate(page, page.locator("#bulk [name=decision][value=spam]"))
    expect(page.locator("h1")).to_contain_text(f"Відхилити {SIZE} коментарів")
    expect(page.locator(".many-told")).to_contain_text("схожий на рекламу")
    assert count(Status.HELD, copies) == SIZE
    assert faults(page) == []
    # The button that starts has the focus.
    press(page, "Enter")
    page.wait_for_url("**/admin/queue/**")
    said(page, f"Відхилено {SIZE} коментарів.")
    assert count(Status.REJECTED, copies) == SIZE
    assert Act.objects.filter(user__username="marta").count() == 1
    press(page, "u")
    said(page, f"Скасовано: {SIZE} коментарів знову чекають.")
    assert count(Status.HELD, copies) == SIZE
