"""What a reader is writing in a thread outlives that thread's replacement by a newer one."""

import pytest
from playwright.sync_api import Locator, Page, expect

from comments.models import Comment
from moderation.models import Report
from moderation.policy.verdict import Outcome, Reason
from tests.browser.embedding import Embedding, send
from tests.browser.reading import fill
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def root() -> Comment:
    article = make_article(key="mist")
    for _ in range(5):
        make_comment(article)
    root = make_comment(article, author_name="Ганна")
    make_comment(root.article, parent=root, author_name="Лесь")
    return root


def reply(page: Page, name: str) -> Locator:
    page.get_by_role("link", name=f"Відповісти – {name}").click()
    return page.get_by_role("textbox", name="Коментар")


def replied(page: Page, name: str) -> Comment:
    reply(page, name)
    fill(page)
    send(page)
    expect(page.locator("[part=own]")).to_contain_text("Дякую за статтю!")
    return Comment.objects.latest("pk")


def in_the_list(page: Page, comment: Comment) -> Locator:
    return page.locator("[part=list]").locator(f"#{comment.anchor}")


def publish(page: Page, comment: Comment) -> None:
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    expect(in_the_list(page, comment)).to_contain_text("Ваш коментар")


def form_is_below(page: Page, comment: Comment) -> bool:
    return page.locator(f"#{comment.anchor} + [part=form]").count() == 1


def test_a_reply_that_is_being_typed_stays_when_the_one_before_is_published(
    embedded: Embedding, root: Comment
) -> None:
    page = embedded()
    first = replied(page, "Ганна")
    text = reply(page, "Лесь")
    text.fill("І ще одне")
    text.evaluate("field => field.setSelectionRange(2, 5)")
    text.evaluate("field => field.scrollIntoView({ block: 'center' })")
    before = text.bounding_box()
    publish(page, first)
    other = Comment.objects.get(author_name="Лесь")
    assert form_is_below(page, other)
    expect(page.get_by_role("heading", name="Відповідь на коментар (Лесь)")).to_be_visible()
    expect(text).to_be_focused()
    assert text.evaluate("field => [field.selectionStart, field.selectionEnd]") == [2, 5]
    after = text.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2
    send(page)
    expect(page.locator("[part=own]")).to_contain_text("І ще одне")
    assert Comment.objects.latest("pk").reply_to == other


def test_a_reply_that_is_being_typed_stays_when_all_replies_are_shown(
    embedded: Embedding, root: Comment
) -> None:
    for number in range(25):
        make_comment(root.article, parent=root, text=f"Думка {number}.")
    page = embedded()
    reply(page, "Ганна")
    fill(page, Коментар="Не згодна.")
    page.locator("summary").click()
    page.get_by_role("link", name="Усі відповіді").click()
    expect(page.get_by_text("Думка 24.")).to_be_visible()
    assert form_is_below(page, root)
    expect(page.get_by_role("textbox", name="Коментар")).to_have_value("Не згодна.")
    send(page)
    expect(page.locator("[part=own]")).to_contain_text("Не згодна.")
    assert Comment.objects.latest("pk").parent == root


def test_a_half_written_report_stays_when_a_reply_is_published(
    embedded: Embedding, root: Comment
) -> None:
    page = embedded()
    mine = replied(page, "Ганна")
    page.get_by_role("link", name="Поскаржитися – Лесь").click()
    page.get_by_role("radio", name="Спам або реклама").check()
    sentence = page.get_by_role("textbox", name="одним реченням")
    sentence.fill("Те саме що")
    publish(page, mine)
    expect(sentence).to_be_focused()
    expect(sentence).to_have_value("Те саме що")
    page.get_by_role("button", name="Надіслати").click()
    reported = Comment.objects.get(author_name="Лесь")
    expect(in_the_list(page, reported)).to_be_focused()
    expect(in_the_list(page, reported)).to_contain_text("Ви поскаржилися")
    assert Report.objects.get().sentence == "Те саме що"


def test_a_half_written_change_stays_when_the_comment_is_published(
    embedded: Embedding, root: Comment
) -> None:
    page = embedded()
    mine = replied(page, "Ганна")
    page.locator("[part=own]").get_by_role("button", name="Змінити").click()
    text = page.locator("[part=panel]").get_by_role("textbox")
    text.fill("Дякую за новину!")
    publish(page, mine)
    expect(text).to_be_focused()
    page.get_by_role("button", name="Зберегти").click()
    expect(page.locator("[part=own] [part=text]")).to_have_text("Дякую за новину!")
    expect(in_the_list(page, mine)).to_have_count(0)
    mine.refresh_from_db()
    assert mine.text == "Дякую за новину!"
