"""Campaigns and decisions on many in a real browser: by keys, on a phone, and with progress."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment, Status
from moderation import bulk, claims
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.models import Membership
from tests.browser.reading import OpenDesk, faults
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESKTOP = 390, 1280
FITS = "document.documentElement.scrollWidth <= innerWidth"
TEXT = "Друзі, курси заробітку без вкладень, пишіть мені, поки є місця. Код {}."


@pytest.fixture
def marta(transactional_db: None) -> User:
    return make_member("marta", Role.LEAD)[0]


def campaign(count: int) -> list[Comment]:
    article = make_article(title="Міст")
    made = [make_comment(article, Status.HELD, text=TEXT.format(n)) for n in range(count)]
    Membership.objects.bulk_create(Membership(comment=c, campaign=made[0].pk) for c in made)
    return made


def held() -> int:
    return Comment.objects.filter(status=Status.HELD).count()


def looks_well(page: Page) -> None:
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(FITS), (page.url, width)
        assert faults(page) == [], (page.url, width)


def test_a_campaign_is_rejected_and_undone_by_keys_alone(open_desk: OpenDesk, marta: User) -> None:
    campaign(12)
    page = open_desk(DESKTOP, marta)
    page.goto("/uk/admin/queue/")
    expect(page.locator(".focus-row")).to_have_count(1)
    page.keyboard.press("c")
    page.wait_for_url("**/campaigns/**")
    page.locator("#bulk [name=decision][value=spam]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/bulk/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Відхилити 11 коментарів (спам)?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/queue/**")
    expect(page.locator("#focus-said")).to_contain_text("Відхилено 11 коментарів.")
    assert held() == 1
    page.keyboard.press("u")
    page.get_by_role("dialog").get_by_role("button", name="Скасувати").press("Enter")
    expect(page.locator("#focus-said")).to_contain_text("Скасовано: 11 коментарів знову чекають.")
    assert held() == 12


def test_every_state_looks_well_on_a_phone_and_on_a_desktop(
    open_desk: OpenDesk, marta: User
) -> None:
    made = campaign(8)
    claims.claim(comment=made[3], user=make_member("olha")[0])
    page = open_desk(DESKTOP, marta)
    for address in ("queue/", "queue/list/", "campaigns/", f"campaigns/{made[0].pk}/"):
        page.goto(f"/uk/admin/{address}")
        looks_well(page)
    page.locator("#bulk [name=decision][value=spam]").click()
    page.wait_for_url("**/bulk/**")
    looks_well(page)
    page.get_by_role("button", name="Пропустити").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Відхилити 5 коментарів (спам)?")
    looks_well(page)
    page.locator("#start button").click()
    page.wait_for_url("**/campaigns/**")
    page.locator(".messagelist a").click()
    page.wait_for_url("**/bulk/**")
    looks_well(page)
    for address in ("campaigns/?all", f"campaigns/{made[0].pk}/"):
        page.goto(f"/uk/admin/{address}")
        looks_well(page)


def test_a_long_decision_shows_how_far_it_is_and_ends_by_itself(
    open_desk: OpenDesk, marta: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 1)
    monkeypatch.setattr("moderation.bulk.carry_on.__kwdefaults__", {"seconds": 0.0})
    made = campaign(6)
    page = open_desk(DESKTOP, marta)
    page.goto(f"/uk/admin/campaigns/{made[0].pk}/")
    page.locator("#bulk [name=decision][value=spam]").click()
    page.locator("#start button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Відхилено 5 коментарів")
    assert held() == 1
