"""Two moderators at one queue, each in a browser: claims are shown, and a race is told."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment, Status
from moderation.models import Decision
from tests.browser.reading import faults
from tests.browser.shift.conftest import AtQueue
from tests.browser.shift.keyboard import expect_in_focus, in_focus, press, said
from tests.makers import make_comment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pair(at_queue: AtQueue, few: list[Comment]) -> tuple[Page, Page]:
    return at_queue("marta"), at_queue("ivan")


def test_each_gets_another_comment_and_sees_who_reads_which(
    pair: tuple[Page, Page], few: list[Comment]
) -> None:
    marta, ivan = pair
    assert (in_focus(marta), in_focus(ivan)) == (few[0].pk, few[1].pk)
    expect(ivan.locator(f"#row-{few[0].pk}")).to_contain_text("читає marta")
    # What a colleague reads is passed over, even if the page did not know, but can be opened. The
    # page's clock stands still: a busy machine answers later than in the time that nobody reads in.
    marta.evaluate("performance.now = () => 0")
    press(marta, "p")
    expect_in_focus(marta, few[2].pk)
    press(marta, "k")
    expect(marta.locator(".focus-holder")).to_have_text("Цей коментар саме читає ivan.")
    assert faults(marta) == []


def test_who_loses_a_race_is_told_who_decided_what_and_when(
    pair: tuple[Page, Page], few: list[Comment]
) -> None:
    marta, ivan = pair
    press(ivan, "k")
    expect_in_focus(ivan, few[0].pk)
    press(ivan, "p")
    said(ivan, "лишилося 11")
    press(marta, "r", "1")
    told = f"Коментар #{few[0].pk} уже вирішено раніше за вас. ivan: опубліковано, зараз."
    expect(marta.locator("#focus-alert")).to_have_text(told)
    expect(marta.locator(f"#row-{few[0].pk}.is-done")).to_contain_text("ivan: опубліковано")
    assert faults(marta) == []
    few[0].refresh_from_db()
    assert few[0].status == Status.PUBLISHED
    assert [each.by_whom for each in Decision.objects.filter(user__isnull=False)] == ["ivan"]


def test_what_a_colleague_decides_stays_in_place_and_new_ones_wait_for_a_press(
    pair: tuple[Page, Page], few: list[Comment]
) -> None:
    marta, ivan = pair
    rows = marta.locator(".focus-row")
    before = [each.get_attribute("id") for each in rows.all()]
    press(ivan, "p", "r", "2")
    said(ivan, "лишилося 10")
    new = make_comment(few[0].article, Status.HELD, text="Щойно надійшов.")
    marta.evaluate("moderationQueue.look()")
    expect(marta.locator(f"#row-{few[1].pk}.is-done")).to_contain_text("ivan: опубліковано")
    expect(marta.locator("#focus-left")).to_have_text("11")
    assert [each.get_attribute("id") for each in rows.all()] == before
    assert in_focus(marta) == few[0].pk
    marta.locator("#focus-new").press("Enter")
    expect(marta.locator(f"#row-{new.pk}")).to_contain_text("Щойно надійшов.")


def test_a_claim_follows_the_reader(pair: tuple[Page, Page], few: list[Comment]) -> None:
    marta, ivan = pair
    for _ in range(2):
        with ivan.expect_response("**/queue/claim/"):
            press(ivan, "j")
    expect_in_focus(ivan, few[3].pk)
    marta.evaluate("moderationQueue.look()")
    expect(marta.locator(f"#row-{few[3].pk}")).to_contain_text("читає ivan")
    expect(marta.locator(f"#row-{few[1].pk}")).not_to_contain_text("читає")
