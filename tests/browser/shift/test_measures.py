"""A lead at the keyboard bans an author and takes it back, and tries, saves and undoes a word."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment, Status
from moderation import services
from moderation.accounts.roles import Role
from moderation.models import AuthorMeasure, SitePolicy
from moderation.policy.verdict import Reason
from tests.browser.reading import OpenDesk, faults
from tests.browser.shift.conftest import AtQueue, member
from tests.browser.shift.keyboard import activate, press, tab_to
from tests.makers import make_comment, set_policy

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "svarliva@example.org"


def sends_another(text: str) -> Comment:
    """What the author sends next, as the service has decided it."""
    comment = make_comment(status=Status.PENDING, text=text, author_email=EMAIL, secret="browser")
    services.moderate_all(comments=[comment])
    comment.refresh_from_db()
    return comment


def choose(page: Page, name: str, value: str) -> None:
    """Reach a group of choices by Tab, and go down it by the arrow key."""
    group = page.locator(f"[name={name}]")
    first = group.and_(page.locator(":checked"))
    tab_to(page, first if first.count() else group.first)
    for _ in range(group.count()):
        if page.evaluate("document.activeElement.value") == value:
            break
        press(page, "ArrowDown")
    assert page.evaluate("document.activeElement.value") == value
    press(page, "Space")


def test_a_ban_is_set_and_undone_by_keys(at_queue: AtQueue, transactional_db: None) -> None:
    make_comment(status=Status.HELD, text="Геть!", author_email=EMAIL, secret="browser")
    page = at_queue("olha", Role.LEAD)
    press(page, "o")
    page.wait_for_url("**/admin/authors/**")
    choose(page, "kind", "ban")
    choose(page, "period", "day")
    tab_to(page, page.locator("[name=reason]"))
    page.keyboard.type("Погрожує в кожній темі.")
    press(page, "Enter")
    expect(page.locator(".messagelist")).to_contain_text("Захід діє.")
    assert faults(page) == []
    assert AuthorMeasure.objects.in_force().get().kind == "ban"
    banned = sends_another("Чому мене не друкують?")
    assert (banned.status, banned.reason) == (Status.REJECTED, Reason.AUTHOR_BANNED)
    activate(page, page.get_by_role("button", name="Скасувати"))
    expect(page.locator(".messagelist")).to_contain_text("Скасовано.")
    assert faults(page) == []
    assert not AuthorMeasure.objects.in_force().exists()
    assert sends_another("Дякую за новину.").status == Status.PUBLISHED


def test_a_word_is_tried_saved_and_undone_by_keys(
    open_desk: OpenDesk, transactional_db: None
) -> None:
    policy = set_policy(banned_words="ковінька")
    make_comment(text="Ракета влучила в будинок.")
    page = open_desk(1280, member("olha", Role.LEAD))
    page.goto(f"/uk/admin/moderation/sitepolicy/{policy.pk}/change/")
    tab_to(page, page.locator("[name=banned_words]"))
    press(page, "Control+End", "Enter")
    page.keyboard.type("рак*")
    activate(page, page.locator("[name=_save]"))
    lint = page.locator(".desk-lint")
    expect(lint.locator("mark")).to_have_text("Ракета")
    expect(lint).to_contain_text("Ще нічого не збережено")
    assert faults(page) == []
    assert _words() == "ковінька"
    activate(page, page.locator("[name=_save]"))
    expect(page.locator(".messagelist")).to_contain_text("Правила збережено")
    assert _words() == "ковінька\nрак*"
    assert sends_another("Рак свиснув.").reason == Reason.BANNED_WORD
    activate(page, page.locator(".messagelist a"))
    activate(page, page.get_by_role("button", name="Скасувати"))
    expect(page.locator(".messagelist")).to_contain_text("Скасовано.")
    assert faults(page) == []
    assert _words() == "ковінька"


def _words() -> str:
    return SitePolicy.objects.get().banned_words.replace("\r\n", "\n")
