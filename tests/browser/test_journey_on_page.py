"""All that a reader can do on the article's page, in one go."""

from typing import Any

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Article, Status
from moderation.models import Report
from tests.browser.journey import Reader, answered, decided
from tests.browser.reading import OpenPage
from tests.makers import SPAM, make_comment, set_policy
from tests.moderation.delivery.mailbox import Mailbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["uk", "en"])
@pytest.mark.parametrize("script", [True, False], ids=["JavaScript", "no JavaScript"])
def test_from_the_first_comment_to_the_last_step(
    open_page: OpenPage,
    article: Article,
    live_server: LiveServer,
    mailbox: Mailbox,
    script: bool,
    language: str,
) -> None:
    other = make_comment(article, author_name="Ганна")
    set_policy(banned_words="негайно")
    address = f"/{language}/articles/mist/"
    page: Any = open_page(address, 390, java_script_enabled=script)
    reader = Reader(page, language, live_server.url, script=script)

    # Post, wait, become published live.
    first = reader.write("Дякую за новину про міст.", notify=True)
    expect(reader.card(first)).to_contain_text(reader.say("Being checked"))
    reader.confirm_address(mailbox)
    decided(first)
    reader.look_again()
    expect(reader.card(first)).to_contain_text(reader.say("Your comment"))
    expect(reader.card(first)).not_to_contain_text(reader.say("Being checked"))

    # Vote and report.
    reader.press("Useful", of="Ганна")
    useful = page.get_by_role("button", name=f"{reader.say('Useful')} 1 – Ганна", pressed=True)
    expect(useful).to_be_visible()
    reader.follow("Report", of="Ганна")
    reader.report()
    told = reader.say("You reported this comment. No moderator has decided about it yet.")
    expect(reader.card(other)).to_contain_text(told)
    assert Report.objects.get().comment == other

    # Reply, be held, edit.
    reader.follow("Reply", of="Ганна")
    reply = reader.write("Зробіть це негайно, прошу.")
    assert reply.parent == other
    decided(reply)
    reader.look_again()
    expect(reader.card(reply)).to_contain_text(reader.say("Waiting for a moderator"))
    reader.card(reply).get_by_role("link", name=reader.say("Details, change, withdraw")).click()
    reader.change("Зробіть це цього року, прошу.")
    decided(reply)
    page.goto(address)
    expect(reader.card(reply)).to_contain_text(reader.say("Your comment"))

    # Be rejected, appeal, be answered.
    refused = reader.write(SPAM)
    decided(refused)
    reader.look_again()
    expect(reader.card(refused)).to_contain_text(reader.say("Not published"))
    reader.card(refused).get_by_role("link", name=reader.say("Change it or appeal")).click()
    reader.appeal("Це жарт.")
    answered(refused, "Жарт не вдався.")
    page.reload()
    reader.sees_status("Not published")
    expect(page.get_by_text("Жарт не вдався.")).to_be_visible()

    # Unsubscribe, withdraw.
    reader.unsubscribe(mailbox)
    reader.open_status(first)
    reader.withdraw()
    page.goto(address)
    expect(reader.card(other)).to_be_visible()
    expect(reader.card(first)).to_have_count(0)
    first.refresh_from_db()
    assert first.status == Status.WITHDRAWN
