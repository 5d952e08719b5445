"""What readers do with comments in the embedded discussion: change, withdraw, appeal, report."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment, Status
from moderation.models import Report
from moderation.policy.verdict import Outcome, Reason
from tests.browser.embedding import Embedding, send
from tests.browser.reading import faults, fill
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)


def sent(page: Page) -> Comment:
    fill(page)
    send(page)
    expect(page.locator("[part=own]")).to_contain_text("Дякую за статтю!")
    return Comment.objects.latest("pk")


def test_a_waiting_comment_is_changed_and_withdrawn(embedded: Embedding) -> None:
    page = embedded()
    comment = sent(page)
    own = page.locator("[part=own]")
    # The service says at the next question what is allowed.
    own.get_by_role("button", name="Змінити").click()
    own.get_by_role("textbox").fill("Дякую за новину!")
    own.get_by_role("button", name="Зберегти").click()
    expect(own.locator("[part=text]")).to_have_text("Дякую за новину!")
    comment.refresh_from_db()
    assert comment.text == "Дякую за новину!"
    own.get_by_role("button", name="Забрати").click()
    assert faults(page) == []
    own.locator("form").get_by_role("button", name="Забрати").click()
    expect(own.locator("[part~=mark]")).to_contain_text("Забрано")
    comment.refresh_from_db()
    assert comment.status == Status.WITHDRAWN
    own.get_by_role("button", name="Прибрати").click()
    expect(own).to_be_hidden()


def test_a_rejection_is_explained_and_appealed_against(embedded: Embedding) -> None:
    page = embedded()
    comment = sent(page)
    decide(comment, Outcome.REJECT, Reason.SPAM)
    own = page.locator("[part=own]")
    expect(own.locator("[part~=rejected]")).to_contain_text("Не опубліковано", timeout=15_000)
    assert faults(page) == []
    own.get_by_role("button", name="Оскаржити").click()
    own.get_by_role("textbox").fill("Це не реклама.")
    own.get_by_role("button", name="Надіслати").click()
    expect(own.locator("form")).to_have_count(0)
    comment.refresh_from_db()
    assert comment.appeal.sentence == "Це не реклама."


def test_a_comment_is_reported(embedded: Embedding) -> None:
    comment = make_comment(make_article(key="mist"), author_name="Ганна")
    page = embedded()
    page.get_by_role("link", name="Поскаржитися – Ганна").click()
    page.get_by_role("button", name="Надіслати").click()
    expect(page.locator("[part=panel] [role=alert]")).not_to_be_empty()
    page.get_by_role("radio", name="Спам або реклама").check()
    assert faults(page) == []
    page.get_by_role("button", name="Надіслати").click()
    expect(page.get_by_role("radio")).to_have_count(0)
    assert Report.objects.get().comment == comment


def test_a_closed_discussion_is_said_and_has_no_form(embedded: Embedding) -> None:
    make_comment(make_article(key="mist"), author_name="Ганна")
    article: Any = Comment.objects.get().article
    page = embedded()
    expect(page.get_by_role("form")).to_have_count(1)
    article.closes_at = article.published_at
    article.save(update_fields=["closes_at"])
    page.reload()
    expect(page.locator("[part=closed]")).to_contain_text("закрито")
    expect(page.get_by_role("form")).to_have_count(0)
    expect(page.get_by_text("Відповісти")).to_have_count(0)


def test_a_list_that_cannot_be_loaded_has_a_button_to_try_again(embedded: Embedding) -> None:
    make_comment(make_article(key="mist"), text="Нарешті!")
    page = embedded('article="mist" server="http://localhost:9/"')
    expect(page.get_by_role("alert")).to_contain_text("Не вдалося завантажити коментарі.")
    expect(page.get_by_role("button", name="Спробувати ще раз")).to_be_visible()
