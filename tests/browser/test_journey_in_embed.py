"""All that a reader can do in the discussion on a page of another origin, in one go."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment, Status
from moderation.models import Report
from tests.browser.embedding import SERVED, Embedding
from tests.browser.journey import Reader, answered, decided
from tests.makers import SPAM, make_article, make_comment, set_policy
from tests.moderation.delivery.mailbox import Mailbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other() -> Comment:
    set_policy(banned_words="негайно")
    return make_comment(make_article(key="mist"), author_name="Ганна")


@pytest.mark.parametrize("language", ["uk", "en"])
def test_with_javascript_the_reader_never_leaves_the_page(
    embedded: Embedding, live_server: LiveServer, mailbox: Mailbox, other: Comment, language: str
) -> None:
    page = embedded(lang=language, width=390, locale=language)
    reader = Reader(page, language, live_server.url, script=True)
    own, listed = page.locator("[part=own]"), page.locator("[part=list]")

    # Post, wait, become published live.
    first = reader.write("Дякую за новину про міст.", notify=True)
    expect(own).to_contain_text(reader.say("Being checked"))
    reader.confirm_address(mailbox)
    decided(first)
    expect(listed.locator(f"#{first.anchor}")).to_contain_text(reader.say("Your comment"))

    # Vote, report.
    reader.press("Useful", of="Ганна")
    useful = page.get_by_role("button", name=f"{reader.say('Useful')} 1 – Ганна", pressed=True)
    expect(useful).to_be_visible()
    reader.follow("Report", of="Ганна")
    page.get_by_role("radio", name=reader.say("Spam or advertising")).check()
    reader.press("Send", within=reader.card(other))
    told = reader.say("You reported this comment. No moderator has decided about it yet.")
    expect(reader.card(other)).to_contain_text(told)
    assert Report.objects.get().comment == other

    # Reply, be held, edit.
    reader.follow("Reply", of="Ганна")
    reply = reader.write("Зробіть це негайно, прошу.")
    assert reply.parent == other
    decided(reply)
    expect(own).to_contain_text(reader.say("Waiting for a moderator"))
    reader.press("Change", within=own)
    own.get_by_role("textbox").fill("Зробіть це цього року, прошу.")
    reader.press("Save", within=own)
    expect(own).to_contain_text(reader.say("Being checked"))
    decided(reply)
    expect(listed.locator(f"#{reply.anchor}")).to_contain_text("цього року")

    # Be rejected, appeal, be answered.
    refused = reader.write(SPAM)
    decided(refused)
    expect(own).to_contain_text(reader.say("Not published"))
    reader.press("Appeal", within=own)
    own.get_by_role("textbox").fill("Це жарт.")
    reader.press("Send", within=own)
    expect(own).to_contain_text(reader.say("Waiting for a moderator"))
    answered(refused, "Жарт не вдався.")
    expect(own).to_contain_text("Жарт не вдався.")

    # Mute, unsubscribe, withdraw.
    reader.press("Mute", of="Ганна")
    expect(reader.card(other)).not_to_contain_text(other.text, use_inner_text=True)
    reader.unsubscribe(mailbox)
    reader.press("Withdraw", within=listed.locator(f"#{first.anchor}"))
    reader.press("Withdraw", within=listed.locator("[part=panel]"))
    expect(own).to_contain_text(reader.say("Withdrawn"))
    first.refresh_from_db()
    assert first.status == Status.WITHDRAWN


@pytest.mark.parametrize("language", ["uk", "en"])
def test_without_javascript_the_services_pages_do_what_the_page_cannot(
    embedded: Embedding, live_server: LiveServer, mailbox: Mailbox, other: Comment, language: str
) -> None:
    options = {"java_script_enabled": False, "locale": language}
    page = embedded(lang=language, width=390, inside=SERVED, **options)
    newspaper = page.url
    reader = Reader(page, language, live_server.url, script=False)

    # Post, wait, become published.
    first = reader.write("Дякую за новину про міст.", notify=True)
    reader.sees_status("Being checked")
    status = page.url
    reader.confirm_address(mailbox)
    decided(first)
    reader.look_again()
    reader.sees_status("Published")
    page.goto(newspaper)
    expect(reader.card(first)).to_contain_text("Дякую за новину про міст.")

    # Vote, report.
    reader.press("Useful", of="Ганна")
    reader.press("Useful", of="Ганна")
    useful = page.get_by_role("button", name=f"{reader.say('Useful')} 1 – Ганна", pressed=True)
    expect(useful).to_be_visible()
    page.goto(newspaper)
    reader.follow("Report", of="Ганна")
    reader.report()
    assert Report.objects.get().comment == other

    # Reply, be held, edit.
    page.goto(newspaper)
    reader.follow("Reply", of="Ганна")
    reply = reader.write("Зробіть це негайно, прошу.")
    assert reply.parent == other
    decided(reply)
    reader.look_again()
    expect(reader.card(reply)).to_contain_text(reader.say("Waiting for a moderator"))
    reader.card(reply).get_by_role("link", name=reader.say("Details, change, withdraw")).click()
    reader.change("Зробіть це цього року, прошу.")
    decided(reply)
    page.goto(newspaper)
    expect(reader.card(reply)).to_contain_text("цього року")

    # Be rejected, appeal, be answered.
    refused = reader.write(SPAM)
    decided(refused)
    reader.look_again()
    reader.sees_status("Not published")
    reader.appeal("Це жарт.")
    answered(refused, "Жарт не вдався.")
    reader.look_again()
    expect(page.get_by_text("Жарт не вдався.")).to_be_visible()

    # Unsubscribe, withdraw.
    reader.unsubscribe(mailbox)
    page.goto(status)
    reader.withdraw()
    page.goto(newspaper)
    expect(reader.card(other)).to_be_visible()
    expect(reader.card(first)).to_have_count(0)
