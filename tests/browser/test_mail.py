"""From the box on the form to the last e-mail, in a real browser, with and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from comments.models import Article, Comment
from moderation.policy.verdict import Outcome, Reason
from tests.browser.reading import OpenPage, faults
from tests.makers import decide, make_comment
from tests.moderation.delivery.mailbox import (
    Mailbox,
    links,
    send,
    unsubscribe_path,
)

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESKTOP = 390, 1280
FITS = "document.documentElement.scrollWidth <= innerWidth"


def write(page: Page) -> Comment:
    page.get_by_role("textbox", name="Коментар").fill("Дякую за новину про міст.")
    page.get_by_role("textbox", name="Ім’я").fill("Олена")
    page.get_by_role("textbox", name="E-mail").fill("olena@example.org")
    page.get_by_label("Повідомити мене електронною поштою").check()
    page.get_by_role("button", name="Опублікувати коментар").click()
    expect(page.get_by_text("Дякую за новину про міст.").first).to_be_visible()
    return Comment.objects.latest("pk")


@pytest.mark.parametrize("script", [True, False], ids=["JavaScript", "no JavaScript"])
def test_from_the_box_to_the_end_of_the_emails(
    open_page: OpenPage, article: Article, mailbox: Mailbox, script: bool
) -> None:
    page = open_page("/uk/articles/mist/", PHONE, java_script_enabled=script)
    comment = write(page)
    send()
    confirm, _stop = links(mailbox.last)
    # In another browser: the mail program's.
    mail = open_page(confirm, PHONE, java_script_enabled=script)
    mail.get_by_role("button", name="Так, пишіть мені").click()
    expect(mail.get_by_role("status")).to_contain_text("Дякуємо")
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    send()
    assert mailbox.subjects[-1].startswith("Ваш коментар опубліковано")
    place, _status, _stop = links(mailbox.last)
    mail.goto(place)
    expect(mail.locator(f"#comment-{comment.pk}")).to_be_visible()
    make_comment(article, parent=comment, author_name="Іван")
    send()
    assert mailbox.subjects[-1] == "Іван відповідає на ваш коментар"
    mail.goto(unsubscribe_path(mailbox.letters[-1]))
    mail.get_by_role("button", name="Усіх").click()
    expect(mail.get_by_role("status")).to_contain_text("більше не отримуватимете")
    decide(comment, Outcome.REJECT, Reason.SPAM)
    send()
    assert len(mailbox.letters) == 3


@pytest.mark.parametrize(("width", "colours"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_axe_finds_nothing_on_the_pages_behind_the_links(
    open_page: OpenPage, article: Article, mailbox: Mailbox, width: int, colours: Any
) -> None:
    options: dict[str, Any] = {"color_scheme": colours, "java_script_enabled": True}
    write(open_page("/uk/articles/mist/", width, **options))
    send()
    confirm, refuse = links(mailbox.last)
    page = open_page(refuse, width, **options)
    assert (faults(page), page.evaluate(FITS)) == ([], True)
    page.goto(confirm)
    assert (faults(page), page.evaluate(FITS)) == ([], True)
    page.get_by_role("button").click()
    assert (faults(page), page.evaluate(FITS)) == ([], True)
    page.goto(refuse)
    expect(page.get_by_role("button")).to_have_count(2)
    assert (faults(page), page.evaluate(FITS)) == ([], True)
    page.get_by_role("button", name="Лише про цей коментар").click()
    assert (faults(page), page.evaluate(FITS)) == ([], True)
    page.goto("/uk/mail/stop/x/")
    assert (faults(page), page.evaluate(FITS)) == ([], True)
