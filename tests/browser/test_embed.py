"""The discussion on a page of another origin, under a policy without inline styles or scripts."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Article, Comment
from moderation.policy.verdict import Outcome, Reason
from tests.browser.embedding import Embedding, send
from tests.browser.reading import DESKTOP, PHONE, faults, fill
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_comment_is_sent_waits_and_appears(embedded: Embedding) -> None:
    page = embedded()
    expect(page.get_by_text("Коментарів ще немає.")).to_be_visible()
    fill(page)
    send(page)
    own = page.locator("[part=own]")
    expect(own).to_contain_text("Дякую за статтю!")
    expect(own).to_contain_text("Перевіряється")
    comment = Comment.objects.get()
    assert comment.article.title == "Міст"
    page.reload()
    expect(own).to_contain_text("Дякую за статтю!")
    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    listed = page.locator("[part=list] [part=comment]")
    expect(listed).to_contain_text("Дякую за статтю!", timeout=15_000)
    expect(listed).to_contain_text("Ваш коментар")
    expect(own).to_be_hidden()


def test_errors_stand_at_their_fields_and_nothing_is_lost(embedded: Embedding) -> None:
    page = embedded()
    fill(page, **{"E-mail": "oksana@"})
    send(page)
    email = page.get_by_role("textbox", name="E-mail")
    expect(email).to_be_focused()
    expect(email).to_have_accessible_description(re.compile("name@example.com"))
    page.reload()
    expect(page.get_by_role("textbox", name="Коментар")).to_have_value("Дякую за статтю!")
    assert not Comment.objects.exists()


def test_a_lost_connection_is_told_and_the_comment_is_sent_once(embedded: Embedding) -> None:
    page = embedded()
    fill(page)
    page.route("**/comments/", lambda route: route.abort())
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Немає зв’язку")
    page.unroute("**/comments/")
    page.get_by_role("button", name="Спробувати ще раз").click()
    expect(page.locator("[part=own]")).to_contain_text("Дякую за статтю!")
    assert Comment.objects.count() == 1


def test_a_reply_stands_under_the_comment_that_it_answers(embedded: Embedding) -> None:
    root = make_comment(make_article(key="mist"), author_name="Ганна")
    page = embedded()
    page.get_by_role("link", name="Відповісти – Ганна").click()
    expect(page.get_by_role("heading", name="Відповідь на коментар (Ганна)")).to_be_visible()
    fill(page)
    send(page)
    expect(page.locator("[part=own]")).to_contain_text("Дякую за статтю!")
    assert Comment.objects.latest("pk").parent == root


def test_new_comments_are_offered_and_nothing_moves(embedded: Embedding, settings: Any) -> None:
    settings.LIVE_SECONDS = 0.2
    article = make_article(key="mist")
    make_comment(article)
    page = embedded()
    expect(page.locator("[part=comment]")).to_have_count(1)
    make_comment(article, text="Щойно надійшло.")
    offered = page.get_by_role("button", name="Показати 1 новий коментар")
    expect(offered).to_be_visible()
    expect(page.locator("[part=comment]")).to_have_count(1)
    offered.click()
    first = page.locator("[part=comment]").first
    expect(first).to_contain_text("Щойно надійшло.")
    expect(first).to_be_focused()


def test_a_thread_that_the_address_names_is_not_shown_twice(embedded: Embedding) -> None:
    article = make_article(key="mist")
    made = [make_comment(article) for _ in range(25)]
    page = embedded('article="mist" order="oldest"', anchor=f"#{made[-1].anchor}")
    threads = page.locator("[part~=thread]")
    expect(threads).to_have_count(21)
    page.get_by_role("link", name="Показати ще").click()
    expect(threads).to_have_count(25)
    numbers = threads.evaluate_all("(all) => all.map((each) => each.dataset.root)")
    assert len(set(numbers)) == 25


@pytest.mark.parametrize(
    ("attributes", "named"),
    [
        ('url="https://example.org/"', "article"),
        ('article="mist" url="/mist"', "url"),
        ('article="mist" order="best"', "order"),
        ('article="mist" lang="de"', "lang"),
    ],
)
def test_a_wrong_attribute_is_named_on_the_page(
    embedded: Embedding, attributes: str, named: str
) -> None:
    page = embedded(attributes)
    expect(page.get_by_role("alert")).to_contain_text(named)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(("width", "lang"), [(390, "uk"), (PHONE, "en"), (DESKTOP, "uk")])
def test_axe_finds_nothing_and_nothing_is_too_wide(
    embedded: Embedding, busy: Article, width: int, lang: str, colours: Any
) -> None:
    page = embedded(width=width, lang=lang, color_scheme=colours)
    expect(page.locator("[part~=thread]")).to_have_count(20)
    page.get_by_role(
        "button", name="Post Comment" if lang == "en" else "Опублікувати коментар"
    ).click()
    expect(page.locator("[part=error]")).to_have_count(3)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_served_html_works_without_scripts(
    embedded: Embedding, live_server: LiveServer, settings: Any
) -> None:
    make_comment(make_article(key="mist"), text="Нарешті!")
    html = httpx.get(f"{live_server.url}/api/v1/articles/mist/comments/html/").text
    settings.ALLOWED_HOSTS = ["*"]
    page = embedded(inside=html, java_script_enabled=False)
    expect(page.locator("[part=comment]")).to_contain_text("Нарешті!")
    fill(page)
    send(page)
    expect(page.get_by_role("main")).to_contain_text("Дякую за статтю!")
    assert "/status/" in page.url
    assert not Comment.objects.latest("pk").looks_automated


def test_served_html_is_taken_over_in_place(embedded: Embedding, live_server: LiveServer) -> None:
    make_comment(make_article(key="mist"), text="Нарешті!", author_name="Ганна")
    html = httpx.get(f"{live_server.url}/api/v1/articles/mist/comments/html/").text
    page = embedded(inside=html)
    page.get_by_role("link", name="Відповісти – Ганна").click()
    fill(page)
    send(page)
    expect(page.locator("[part=own]")).to_contain_text("Дякую за статтю!")


MEASURE = """() => {
  window.measured = { long: 0, shift: 0 };
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) measured.long = Math.max(measured.long, each.duration);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) measured.shift += each.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""
# A busy machine lengthens a task now and then; a long task of ours would be in every load.
LOADS = 5


def test_a_hundred_comments_take_no_long_task_and_shift_nothing(embedded: Embedding) -> None:
    article = make_article(key="mist")
    for _ in range(20):
        root = make_comment(article)
        for _ in range(4):
            make_comment(article, parent=root)
    page = embedded()
    longest = []
    for _ in range(LOADS):
        measured = measured_load(page)
        assert measured["shift"] < 0.01
        longest.append(measured["long"])
        if longest[-1] < 50:
            break
        page.reload()
    assert min(longest) < 50, longest


def measured_load(page: Page) -> dict[str, float]:
    page.evaluate(MEASURE)
    expect(page.locator("[part~=thread]")).to_have_count(20)
    page.wait_for_timeout(500)
    return page.evaluate("measured")
