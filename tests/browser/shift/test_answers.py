"""A reader who reported learns what was decided; a colleague who is asked answers."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from comments.models import Article, Comment, Status
from moderation.accounts.roles import Role
from moderation.models import Question
from tests.browser.reading import OpenPage, faults
from tests.browser.shift.conftest import AtQueue, member
from tests.browser.shift.keyboard import QUEUE, activate, expect_in_focus, press, said, tab_to
from tests.makers import make_comment
from tests.moderation.reporting import report_often

pytestmark = pytest.mark.django_db(transaction=True)
HIDDEN = "Його приховано, доки модератор не ухвалить рішення."
REMOVED, KEPT = "Модератор його прибрав.", "Модератор прочитав його й залишив"


@pytest.mark.parametrize(("keys", "told"), [("r2", REMOVED), ("p", KEPT)])
def test_a_report_is_decided_by_keys_and_the_reader_is_told(
    open_page: OpenPage, at_queue: AtQueue, article: Article, keys: str, told: str
) -> None:
    comment = make_comment(article, text="Ви всі дурні!")
    reader = open_page("/uk/articles/mist/", java_script_enabled=True)
    reader.get_by_role("link", name="Поскаржитися").click()
    reader.get_by_label("Ображає або принижує").check()
    reader.get_by_role("button", name="Надіслати скаргу").click()
    expect(reader.locator(f"#comment-{comment.pk}")).to_contain_text("Модератор ще не ухвалив")
    report_often(comment, 2)
    assert comment.status == Status.HELD
    page = at_queue("marta")
    expect_in_focus(page, comment.pk)
    expect(page.locator(".focus-card .desk-reports")).to_contain_text("Скарги: 3 (образа 3)")
    press(page, *keys)
    said(page, "лишилося 0")
    reader.reload()
    # Until it can no longer be undone, a removal is not told.
    expect(reader.get_by_text(HIDDEN if told == REMOVED else told)).to_be_visible()
    Comment.objects.filter(pk=comment.pk).update(announced_at=timezone.now())
    reader.reload()
    expect(reader.get_by_text(told)).to_be_visible()


def test_a_colleague_is_asked_and_answers_by_keys(at_queue: AtQueue, few: list[Comment]) -> None:
    lead = member("olha", Role.LEAD)
    ivan = at_queue("ivan")
    press(ivan, "a")
    ivan.wait_for_url("**/ask/**")
    expect(ivan.locator(".desk-about")).to_contain_text(few[0].text)
    tab_to(ivan, ivan.locator("[name=addressee]"))
    ivan.keyboard.type("olha")
    tab_to(ivan, ivan.locator("[name=text]"))
    ivan.keyboard.type("Це погроза чи лайка?")
    assert faults(ivan) == []
    press(ivan, "Tab", "Enter")
    said(ivan, "Запитано.")
    assert (Question.objects.get().addressee, Comment.objects.held().count()) == (lead, 12)
    olha = at_queue("olha", Role.LEAD)
    activate(olha, olha.get_by_role("link", name="Питають вас: 1"))
    expect(olha.locator("main")).to_contain_text("Це погроза чи лайка?")
    tab_to(olha, olha.locator(".desk-form textarea"))
    olha.keyboard.type("Лайка, публікуйте.")
    assert faults(olha) == []
    press(olha, "Tab", "Enter")
    expect(olha.locator("main")).to_contain_text("Лайка, публікуйте.")
    ivan.goto(QUEUE.format(language="uk"))
    ivan.wait_for_load_state("networkidle")
    expect_in_focus(ivan, few[0].pk)
    expect(ivan.locator(".focus-card .desk-notes")).to_contain_text("Лайка, публікуйте.")
    press(ivan, "p")
    said(ivan, "лишилося 11")
