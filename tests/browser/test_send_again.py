"""A form that has to be sent again, in a real browser."""

from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from comments.models import Article, Comment
from tests.browser.reading import DESKTOP, PHONE, OpenPage, fill, send
from tests.processes import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
ARTICLE = "/uk/articles/mist/"
SEND_AGAIN = "Надіслати ще раз"


@pytest.fixture(autouse=True)
def _looking(settings: Any) -> None:
    settings.FORM_CHECKS = True


@pytest.mark.parametrize(("with_script", "width"), [(True, PHONE), (False, DESKTOP)])
def test_a_form_sent_too_fast_can_be_sent_again(
    open_page: OpenPage,
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
    with_script: bool,
    width: int,
) -> None:
    # Even on a slow machine, the page was opened just now.
    monkeypatch.setattr("comments.reception.forms.MIN_AGE", 3600.0)
    page = open_page(ARTICLE, width, java_script_enabled=with_script)
    fill(page)
    page.get_by_label("Зберегти моє ім’я").check()
    send(page)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Натисніть її, будь ласка, ще раз.")
    expect(page.get_by_role("button", name=SEND_AGAIN)).to_be_in_viewport()
    expect(page.locator("#id_text")).to_have_value("Дякую за статтю!")
    expect(page.locator("#id_author_email")).to_have_value("oksana@example.org")
    expect(page.locator("#id_remember")).to_be_checked()
    assert not Comment.objects.exists()
    send(page, SEND_AGAIN)
    assert not Comment.objects.get().looks_automated
    expect(page.get_by_role("heading", name="Це бачите лише ви")).to_be_visible()


@pytest.mark.parametrize("with_script", [True, False])
def test_a_page_opened_before_an_attack_asks_for_a_proof_when_sent(
    open_page: OpenPage,
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    with_script: bool,
) -> None:
    monkeypatch.setattr("comments.reception.forms.MIN_AGE", 0.0)
    page = open_page(ARTICLE, java_script_enabled=with_script)
    fill(page)
    request.getfixturevalue("attack")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Зараз надходить дуже багато коментарів.")
    page.get_by_role("button", name=SEND_AGAIN).click()
    wait_until(Comment.objects.exists, seconds=30, what="the comment")
    page.wait_for_load_state()
    assert Comment.objects.get().looks_automated is not with_script
    cache.clear()
