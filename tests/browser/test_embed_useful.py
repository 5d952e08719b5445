"""What readers think of comments in the embedded discussion: useful, or not to be shown again."""

import pytest
from playwright.sync_api import expect

from comments.models import Vote
from moderation import newsroom, picks
from moderation.accounts.roles import make_member
from tests.browser.embedding import Embedding, send
from tests.browser.reading import faults, fill
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_comment_is_found_useful_counted_and_no_longer(embedded: Embedding) -> None:
    make_comment(make_article(key="mist"), author_name="Ганна")
    page = embedded()
    useful = page.get_by_role("button", name="Корисно – Ганна")
    expect(useful).to_have_attribute("aria-pressed", "false")
    useful.click()
    counted = page.get_by_role("button", name="Корисно 1 – Ганна", pressed=True)
    expect(counted).to_be_visible()
    assert faults(page) == []
    page.reload()
    expect(counted).to_be_visible()
    assert Vote.objects.count() == 1
    counted.click()
    expect(page.get_by_role("button", name="Корисно – Ганна", pressed=False)).to_be_visible()
    assert not Vote.objects.exists()


def test_the_most_useful_come_first(embedded: Embedding) -> None:
    article = make_article(key="mist")
    make_comment(article, author_name="Ганна")
    make_comment(article, author_name="Олена")
    page = embedded()
    page.get_by_role("button", name="Корисно – Ганна").click()
    expect(page.get_by_role("button", name="Корисно 1 – Ганна")).to_be_visible()
    first = page.locator("[part~=comment] [part=author]").first
    expect(first).to_have_text("Олена")
    page.get_by_role("link", name="Найкорисніші").click()
    expect(first).to_have_text("Ганна")


def test_an_author_is_muted_in_this_browser_and_shown_again(embedded: Embedding) -> None:
    article = make_article(key="mist")
    make_comment(article, author_name="Ганна", text="Перший.")
    make_comment(article, author_name="Ганна", text="Другий.")
    make_comment(article, author_name="Олена", text="Третій.")
    page = embedded()
    page.get_by_role("button", name="Не показувати – Ганна").first.click()
    expect(page.get_by_text("Перший.")).to_be_hidden()
    page.reload()
    expect(page.get_by_text("Третій.")).to_be_visible()
    expect(page.get_by_text("Другий.")).to_be_hidden()
    assert faults(page) == []
    page.get_by_role("button", name="Автора приховано. Показати – Ганна").first.click()
    expect(page.get_by_text("Перший.")).to_be_visible()


def test_ones_own_comment_cannot_be_voted_for_or_muted(embedded: Embedding) -> None:
    page = embedded()
    fill(page)
    send(page)
    own = page.locator("[part=own]")
    expect(own).to_contain_text("Дякую за статтю!")
    expect(own.get_by_role("button", name="Корисно")).to_have_count(0)
    expect(own.get_by_role("button", name="Не показувати")).to_have_count(0)


def test_the_newsroom_has_a_badge_and_is_not_muted(embedded: Embedding) -> None:
    comment = make_comment(make_article(key="mist"), author_name="Ганна")
    olena, _ = make_member("olena")
    picks.pick(comment=comment, user=olena)
    newsroom.answer(comment=comment, name="Вісті", text="Дякуємо, виправили.", user=olena)
    page = embedded()
    answer = page.get_by_role("article", name="Вісті")
    expect(answer.get_by_text("Редакція")).to_be_visible()
    expect(answer.get_by_role("button", name="Не показувати")).to_have_count(0)
    expect(page.get_by_role("button", name="Не показувати – Ганна")).to_be_visible()
    assert faults(page) == []
