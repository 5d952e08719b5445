"""All that a reader can do on the article's page, in one go."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Article, Comment, Status
from moderation.models import Report
from tests.browser.journey import REPORTED, Reader, answered, decided
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
    page = open_page(f"/{language}/articles/mist/", 390, java_script_enabled=script)
    reader = Reader(page, language, live_server.url, script=script)
    first = posts_and_is_published(reader, mailbox)
    votes_and_reports(reader, other)
    replies_and_mends(reader, other)
    appeals_and_is_answered(reader)
    reader.unsubscribe(mailbox)
    reader.open_status(first)
    reader.withdraw()
    page.goto(f"/{language}/articles/mist/")
    expect(reader.card(other)).to_be_visible()
    expect(reader.card(first)).to_have_count(0)
    if script:
        mutes(reader, other)
    first.refresh_from_db()
    assert first.status == Status.WITHDRAWN


def mutes(reader: Reader, other: Comment) -> None:
    card = reader.card(other)
    card.locator("summary").filter(has_text=reader.say("More")).click()
    reader.press("Mute this author", within=card)
    expect(card).to_contain_text(reader.say("You have muted this author."))


def posts_and_is_published(reader: Reader, mailbox: Mailbox) -> Comment:
    first = reader.write("Дякую за новину про міст.", notify=True)
    expect(reader.card(first)).to_contain_text(reader.say("Being checked"))
    reader.confirm_address(mailbox)
    decided(first)
    reader.look_again()
    expect(reader.card(first)).to_contain_text(reader.say("Your comment"))
    expect(reader.card(first)).not_to_contain_text(reader.say("Being checked"))
    return first


def votes_and_reports(reader: Reader, other: Comment) -> None:
    reader.press("Useful", of="Ганна")
    expect(reader.counted("Ганна")).to_be_visible()
    reader.follow("Report", of="Ганна")
    reader.report()
    expect(reader.card(other)).to_contain_text(reader.say(REPORTED))
    assert Report.objects.get().comment == other


def replies_and_mends(reader: Reader, other: Comment) -> None:
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
    reader.page.goto(f"/{reader.language}/articles/mist/")
    expect(card).to_contain_text(reader.say("Your comment"))


def appeals_and_is_answered(reader: Reader) -> None:
    refused = reader.write(SPAM)
    decided(refused)
    reader.look_again()
    card = reader.card(refused)
    expect(card).to_contain_text(reader.say("Not published"))
    card.get_by_role("link", name=reader.say("Change it or appeal")).click()
    reader.appeal("Це жарт.")
    answered(refused, "Жарт не вдався.")
    reader.page.reload()
    reader.sees_status("Not published")
    expect(reader.page.get_by_text("Жарт не вдався.")).to_be_visible()
