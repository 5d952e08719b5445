"""What a reader types is kept until it is sent, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from comments.models import Article, Comment
from tests.browser.reading import OpenPage, fill, send
from tests.makers import make_comment

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/uk/articles/mist/"
TYPED = {
    "Коментар": "Довга думка,\nяку шкода втратити.",
    "Ім’я": "Оксана",
    "E-mail": "o@example.org",
}


@pytest.fixture
def root(article: Article) -> Comment:
    make_comment(article)
    return make_comment(article, author_name="Ганна")


@pytest.fixture
def page(open_page: OpenPage, root: Comment) -> Page:
    """A page on which a reply was typed."""
    page = open_page(ADDRESS, java_script_enabled=True)
    page.get_by_role("link", name="Відповісти – Ганна").click()
    fill(page, **TYPED)
    return page


def expect_typed(page: Page, root: Comment) -> None:
    expect(page.locator("#id_text")).to_have_value(TYPED["Коментар"])
    expect(page.locator("#id_author_name")).to_have_value(TYPED["Ім’я"])
    expect(page.locator("#id_author_email")).to_have_value(TYPED["E-mail"])
    expect(page.locator("[name=parent]")).to_have_value(str(root.pk))
    expect(page.locator(f"#comment-{root.pk} + .in-place")).to_be_visible()


def test_a_draft_survives_reload_language_and_order(page: Page, root: Comment) -> None:
    page.reload()
    expect_typed(page, root)
    expect(page.get_by_text("Це ви писали тут раніше.")).to_be_visible()
    page.get_by_role("link", name="Найстаріші").click()
    expect_typed(page, root)
    page.get_by_role("link", name="English").click()
    expect_typed(page, root)
    expect(page.get_by_role("heading", name="Reply to Ганна")).to_be_visible()


def test_a_draft_survives_a_new_tab_without_the_name_and_e_mail(page: Page, root: Comment) -> None:
    page.reload()
    other = page.context.new_page()
    other.goto(ADDRESS)
    expect(other.locator("#id_text")).to_have_value(TYPED["Коментар"])
    expect(other.locator("#id_author_email")).to_have_value("")
    kept = other.evaluate("JSON.stringify(localStorage)")
    assert "o@example.org" not in kept
    assert "Оксана" not in kept


def test_a_draft_of_one_article_is_not_shown_under_another(page: Page, root: Comment) -> None:
    page.get_by_role("link", name="Бібліотека працюватиме").click()
    page.wait_for_url(re.compile("articles/(?!mist)"))
    expect(page.locator("#id_text")).to_have_value("")
    page.goto(ADDRESS)
    expect_typed(page, root)


def test_a_comment_that_was_sent_is_no_draft(page: Page, root: Comment) -> None:
    send(page)
    assert Comment.objects.latest("pk").text == TYPED["Коментар"]
    expect(page.locator("#id_text")).to_have_value("")
    # Nothing asked twice: the next comment has the name and e-mail.
    expect(page.locator("#id_author_email")).to_have_value(TYPED["E-mail"])
    page.goto(ADDRESS)
    expect(page.locator("#id_text")).to_have_value("")


def test_a_form_that_came_back_with_an_error_is_still_a_draft(page: Page, root: Comment) -> None:
    page.get_by_role("textbox", name="E-mail").fill("oksana@")
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto(ADDRESS)
    expect(page.locator("#id_text")).to_have_value(TYPED["Коментар"])
    expect(page.locator(f"#comment-{root.pk} + .in-place")).to_be_visible()


def test_a_lost_connection_loses_nothing(page: Page, root: Comment) -> None:
    page.context.set_offline(True)
    page.get_by_role("button", name="Опублікувати коментар").click()
    expect(page.get_by_text("Немає з’єднання")).to_be_visible()
    expect_typed(page, root)
    page.context.set_offline(False)
    expect(page.get_by_text("Немає з’єднання")).to_be_hidden()
    page.route("**/*", lambda route: route.abort())
    page.get_by_role("button", name="Опублікувати коментар").click()
    page.wait_for_timeout(300)
    page.unroute("**/*")
    page.goto(ADDRESS)
    expect_typed(page, root)


def test_a_lost_cookie_loses_nothing(page: Page, root: Comment) -> None:
    page.context.clear_cookies()
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Ваш текст на місці")
    expect_typed(page, root)
    page.get_by_role("button", name="Надіслати ще раз").click()
    page.wait_for_url("**#comment-*")
    assert Comment.objects.latest("pk").text == TYPED["Коментар"]


def test_the_form_can_be_emptied(page: Page, root: Comment) -> None:
    page.reload()
    page.get_by_role("button", name="Очистити форму").click()
    expect(page.locator("#id_text")).to_have_value("")
    page.reload()
    expect(page.locator("#id_text")).to_have_value("")


def test_the_reader_is_told_how_many_characters_are_left(page: Page, root: Comment) -> None:
    text = page.locator("#id_text")
    text.fill("а" * 4501)
    expect(page.locator(".length")).to_have_text("Залишилося символів: 499")
    text.fill("🙂" * 5003)
    expect(page.locator(".length")).to_have_text("Зайвих символів: 3")
    text.fill("коротко")
    expect(page.locator(".length")).to_have_text("")


def test_times_on_an_open_page_stay_true(open_page: OpenPage, root: Comment) -> None:
    page = open_page("about:blank", java_script_enabled=True)
    page.clock.install()
    page.goto(ADDRESS)
    time = page.locator(f"#comment-{root.pk} time")
    expect(time).to_have_text("щойно")
    exact = time.get_attribute("title")
    page.clock.fast_forward(5 * 60_000)
    expect(time).to_have_text("5 хвилин тому")
    page.clock.fast_forward(2 * 3_600_000)
    expect(time).to_have_text("2 години тому")
    assert time.get_attribute("title") == exact
