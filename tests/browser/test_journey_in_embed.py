"""All that a reader can do in the discussion on a page of another origin, in one go."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Comment, Status
from moderation.models import Report
from tests.browser.embedding import SERVED, Embedding
from tests.browser.journey import REPORTED, Reader, answered, decided
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
    first = posts_and_is_published_live(reader, mailbox)
    votes_and_reports_in_place(reader, other)
    replies_and_mends_in_place(reader, other)
    appeals_and_is_answered_in_place(reader)
    reader.press("Mute", of="Ганна")
    expect(reader.card(other)).not_to_contain_text(other.text, use_inner_text=True)
    reader.unsubscribe(mailbox)
    reader.press("Withdraw", within=reader.card(first))
    reader.press("Withdraw", within=page.locator("[part=panel]"))
    expect(page.locator("[part=own]")).to_contain_text(reader.say("Withdrawn"))
    first.refresh_from_db()
    assert first.status == Status.WITHDRAWN


def posts_and_is_published_live(reader: Reader, mailbox: Mailbox) -> Comment:
    first = reader.write("Дякую за новину про міст.", notify=True)
    expect(reader.page.locator("[part=own]")).to_contain_text(reader.say("Being checked"))
    reader.confirm_address(mailbox)
    decided(first)
    listed = reader.page.locator("[part=list]").locator(f"#{first.anchor}")
    expect(listed).to_contain_text(reader.say("Your comment"))
    return first


def votes_and_reports_in_place(reader: Reader, other: Comment) -> None:
    reader.press("Useful", of="Ганна")
    expect(reader.counted("Ганна")).to_be_visible()
    reader.follow("Report", of="Ганна")
    reader.page.get_by_role("radio", name=reader.say("Spam or advertising")).check()
    reader.press("Send", within=reader.card(other))
    expect(reader.card(other)).to_contain_text(reader.say(REPORTED))
    assert Report.objects.get().comment == other


def replies_and_mends_in_place(reader: Reader, other: Comment) -> None:
    own = reader.page.locator("[part=own]")
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
    listed = reader.page.locator("[part=list]").locator(f"#{reply.anchor}")
    expect(listed).to_contain_text("цього року")


def appeals_and_is_answered_in_place(reader: Reader) -> None:
    own = reader.page.locator("[part=own]")
    refused = reader.write(SPAM)
    decided(refused)
    expect(own).to_contain_text(reader.say("Not published"))
    reader.press("Appeal", within=own)
    own.get_by_role("textbox").fill("Це жарт.")
    reader.press("Send", within=own)
    expect(own).to_contain_text(reader.say("Waiting for a moderator"))
    answered(refused, "Жарт не вдався.")
    expect(own).to_contain_text("Жарт не вдався.")


@pytest.mark.parametrize("language", ["uk", "en"])
def test_without_javascript_the_services_pages_do_what_the_page_cannot(
    embedded: Embedding, live_server: LiveServer, mailbox: Mailbox, other: Comment, language: str
) -> None:
    options = {"java_script_enabled": False, "locale": language}
    page = embedded(lang=language, width=390, inside=SERVED, **options)
    reader, newspaper = Reader(page, language, live_server.url, script=False), page.url
    first = posts_and_is_published(reader, mailbox)
    status = page.url
    votes_and_reports(reader, other, newspaper)
    replies_and_mends(reader, other, newspaper)
    appeals_and_is_answered(reader)
    reader.unsubscribe(mailbox)
    page.goto(status)
    reader.withdraw()
    page.goto(newspaper)
    expect(reader.card(other)).to_be_visible()
    expect(reader.card(first)).to_have_count(0)


def posts_and_is_published(reader: Reader, mailbox: Mailbox) -> Comment:
    first = reader.write("Дякую за новину про міст.", notify=True)
    reader.sees_status("Being checked")
    reader.confirm_address(mailbox)
    decided(first)
    reader.look_again()
    reader.sees_status("Published")
    return first


def votes_and_reports(reader: Reader, other: Comment, newspaper: str) -> None:
    reader.page.goto(newspaper)
    # The first button leads to the service's page, where the second one counts.
    reader.press("Useful", of="Ганна")
    reader.press("Useful", of="Ганна")
    expect(reader.counted("Ганна")).to_be_visible()
    reader.page.goto(newspaper)
    reader.follow("Report", of="Ганна")
    reader.report()
    expect(reader.card(other)).to_contain_text(reader.say(REPORTED))
    assert Report.objects.get().comment == other


def replies_and_mends(reader: Reader, other: Comment, newspaper: str) -> None:
    reader.page.goto(newspaper)
    reader.follow("Reply", of="Ганна")
    reply = reader.write("Зробіть це негайно, прошу.")
    assert reply.parent == other
    decided(reply)
    reader.look_again()
    card = reader.card(reply)
    expect(card).to_contain_text(reader.say("Waiting for a moderator"))
    card.get_by_role("link", name=reader.say("Details, change, withdraw")).click()
    reader.change("Зробіть це цього року, прошу.")
    decided(reply)
    reader.page.goto(newspaper)
    expect(card).to_contain_text("цього року")


def appeals_and_is_answered(reader: Reader) -> None:
    refused = reader.write(SPAM)
    decided(refused)
    reader.look_again()
    reader.sees_status("Not published")
    reader.appeal("Це жарт.")
    answered(refused, "Жарт не вдався.")
    reader.look_again()
    expect(reader.page.get_by_text("Жарт не вдався.")).to_be_visible()
