"""Decisions appear on the author's open page by themselves, in a real browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.backends.signals import connection_created
from playwright.sync_api import Page, Request, Response, expect

from comments.models import Article, Comment, Status
from moderation.policy.verdict import Outcome, Reason
from tests.browser.reading import DESKTOP, PHONE, OpenPage, fill, send
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db(transaction=True)
ARTICLE = "/uk/articles/mist/"
PUBLISH = (Outcome.PUBLISH, Reason.REVIEWED)
ONLY_YOU = "Це бачите лише ви"
LIST = re.compile("/articles/mist/")
COUNT_TIMERS = """
window.timers = 0;
const set = window.setTimeout;
window.setTimeout = (...what) => { window.timers += 1; return set(...what); };
"""
# The page has set its next timer, or needs none.
HANDLED = """(before) => window.timers > before || document.hidden
    || !document.querySelector(".comment-pending, .comment-held")"""


def open_and_send(open_page: OpenPage, query: str = "", width: int = DESKTOP) -> Page:
    """The page after a comment was sent, with a clock that the test can advance."""
    page = open_page("about:blank", width, java_script_enabled=True)
    page.clock.install()
    page.add_init_script(COUNT_TIMERS)
    page.goto(ARTICLE + query)
    fill(page)
    send(page)
    return page


def mine() -> Comment:
    return Comment.objects.latest("pk")


def advance_clock(page: Page, seconds: int) -> None:
    """Advance the clock, and wait until the page has polled and handled the answer.

    If the clock advanced again before the page had set its next timer, that timer would be late.
    """
    before = page.evaluate("window.timers")
    with page.expect_response(is_look):
        page.clock.fast_forward(seconds * 1000)
    page.wait_for_function(HANDLED, arg=before)


def is_look(response: Response) -> bool:
    return response.request.resource_type == "fetch"


def polls(page: Page) -> list[Request]:
    found: list[Request] = []

    def note(asked: Request) -> None:
        if asked.resource_type == "fetch":
            found.append(asked)

    page.on("request", note)
    return found


def show_page(page: Page, state: str) -> None:
    """Hide the page as a background tab is hidden; a headless browser keeps all in front."""
    page.evaluate(
        """(state) => {
            const facts = { visibilityState: state, hidden: state === "hidden" };
            for (const [name, value] of Object.entries(facts))
                Object.defineProperty(document, name, { value, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_the_author_sees_the_decision_without_touching_the_page(
    open_page: OpenPage, article: Article
) -> None:
    page = open_and_send(open_page)
    expect(page.locator("noscript .note")).to_be_hidden()
    decide(mine(), Outcome.HOLD, Reason.LINKS)
    advance_clock(page, 1)
    expect(page.locator(".comment-status")).to_contain_text("прочитає модератор")
    expect(page.locator("#announcement")).to_contain_text("прочитає модератор")


def test_a_waiting_comment_is_published_while_its_author_watches(
    open_page: OpenPage, article: Article
) -> None:
    page = open_and_send(open_page)
    page.get_by_role("textbox", name="Коментар").fill("І ще одне:")
    decide(mine(), *PUBLISH)
    advance_clock(page, 1)
    expect(page.get_by_role("heading", name=ONLY_YOU)).to_have_count(0)
    expect(page.locator("#comments")).to_contain_text("Ваш коментар")
    expect(page.locator("#announcement")).to_have_text("Ваш коментар уже в обговоренні.")
    expect(page.get_by_role("textbox", name="Коментар")).to_have_value("І ще одне:")
    expect(page.get_by_role("textbox", name="Коментар")).to_be_focused()


def test_the_page_polls_with_growing_pauses_while_a_comment_waits(
    open_page: OpenPage, article: Article
) -> None:
    page = open_and_send(open_page)
    for pause in (1, 2, 4, 8, 16, 32, *[60] * 10):
        advance_clock(page, pause)
    asked = polls(page)
    page.clock.fast_forward(50_000)
    page.wait_for_timeout(200)
    assert not asked
    decide(mine(), *PUBLISH)
    advance_clock(page, 10)
    expect(page.locator("#comments")).to_contain_text("Ваш коментар")
    page.clock.fast_forward(600_000)
    page.wait_for_timeout(200)
    assert len(asked) == 1


def test_a_moderators_decision_appears_by_itself_hours_later(
    open_page: OpenPage, article: Article
) -> None:
    page = open_and_send(open_page)
    decide(mine(), Outcome.HOLD, Reason.TOXICITY)
    advance_clock(page, 1)
    expect(page.locator(".comment-status")).to_contain_text("прочитає модератор")
    advance_clock(page, 3 * 3600)
    decide(mine(), Outcome.REJECT, Reason.OFF_TOPIC)
    advance_clock(page, 60)
    expect(page.locator(".comment-status")).to_contain_text("не стосується")


def test_a_hidden_page_stops_polling_and_polls_as_soon_as_it_is_visible(
    open_page: OpenPage, article: Article
) -> None:
    page = open_and_send(open_page)
    asked = polls(page)
    show_page(page, "hidden")
    page.clock.fast_forward(3_600_000)
    page.wait_for_timeout(200)
    assert not asked
    decide(mine(), *PUBLISH)
    with page.expect_response(is_look):
        show_page(page, "visible")
    expect(page.get_by_role("heading", name=ONLY_YOU)).to_have_count(0)


def test_polling_continues_after_a_failed_request(open_page: OpenPage, article: Article) -> None:
    page = open_and_send(open_page)
    decide(mine(), *PUBLISH)
    page.route(LIST, lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.clock.fast_forward(1000)
    page.route(LIST, lambda route: route.fulfill(status=503, body="out"))
    advance_clock(page, 2)
    expect(page.get_by_role("heading", name=ONLY_YOU)).to_be_visible()
    page.unroute(LIST)
    advance_clock(page, 4)
    expect(page.get_by_role("heading", name=ONLY_YOU)).to_have_count(0)


def test_the_comment_keeps_the_focus_and_shows_it(open_page: OpenPage, article: Article) -> None:
    page = open_and_send(open_page)
    comment = page.locator(f"#comment-{mine().pk}")
    expect(comment).to_be_focused()
    expect(comment).to_have_css("outline-style", "solid")
    decide(mine(), *PUBLISH)
    advance_clock(page, 1)
    expect(page.get_by_role("heading", name=ONLY_YOU)).to_have_count(0)
    expect(comment).to_be_focused()
    expect(comment).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_a_button_keeps_the_focus_when_a_decision_appears(
    open_page: OpenPage, article: Article
) -> None:
    make_comment(article, author_name="Ганна")
    page = open_and_send(open_page)
    useful = page.get_by_role("button", name="Корисно – Ганна")
    useful.focus()
    decide(mine(), *PUBLISH)
    advance_clock(page, 1)
    expect(page.get_by_role("heading", name=ONLY_YOU)).to_have_count(0)
    expect(useful).to_be_focused()


def test_a_comment_published_on_another_page_stays_with_a_link_to_it(
    open_page: OpenPage, busy: Article
) -> None:
    page = open_and_send(open_page)
    comment = page.locator(f"#comment-{mine().pk}")
    page.goto(f"{ARTICLE}?order=oldest#comment-{mine().pk}")
    expect(comment).to_be_focused()
    decide(mine(), *PUBLISH)
    advance_clock(page, 1)
    expect(page.get_by_role("heading", name="На іншій сторінці обговорення")).to_be_visible()
    expect(comment).to_be_focused()
    expect(comment).to_contain_text("Ваш коментар опубліковано.")
    page.get_by_role("link", name="Перейти до коментаря").click()
    expect(page.get_by_role("heading", name="На іншій сторінці обговорення")).to_have_count(0)
    expect(comment).to_be_in_viewport()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_readers_scroll_position_does_not_change(
    open_page: OpenPage, busy: Article, width: int
) -> None:
    page = open_and_send(open_page, width=width)
    tenth = page.locator(".thread a.reply").nth(10)
    tenth.focus()
    tenth.evaluate("link => link.scrollIntoView({ block: 'center' })")
    before = tenth.bounding_box()
    decide(mine(), *PUBLISH)
    for _ in range(3):
        make_comment(busy)
    address = tenth.get_attribute("href")
    advance_clock(page, 1)
    expect(page.get_by_role("heading", name=ONLY_YOU)).to_have_count(0)
    same = page.locator(f'.thread a.reply[href="{address}"]')
    expect(same).to_be_focused()
    after = same.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 2


@pytest.fixture
def decision_between_queries() -> Iterator[list[int]]:
    """Publish waiting comments right after a page has read its list of published comments."""
    at: list[int] = []

    def watch(execute: Any, statement: str, *rest: Any) -> Any:
        result = execute(statement, *rest)
        is_the_list = "author_url" in statement and "LIMIT 21" in statement
        if is_the_list and not at:
            for comment in Comment.objects.filter(status=Status.PENDING):
                at.append(comment.pk)
                decide(comment, *PUBLISH)
        return result

    def publish(connection: Any, **_: Any) -> None:
        connection.execute_wrappers.append(watch)

    connection_created.connect(publish)
    yield at
    connection_created.disconnect(publish)


def test_a_decision_between_the_queries_of_the_page_loses_no_comment(
    open_page: OpenPage, article: Article, decision_between_queries: list[int]
) -> None:
    make_comment(article)
    page = open_and_send(open_page)
    assert decision_between_queries == [mine().pk]
    comment = page.locator(f"#comment-{mine().pk}")
    expect(comment).to_have_count(1)
    expect(comment).to_contain_text("Дякую за статтю!")
    advance_clock(page, 1)
    expect(page.locator("#comments")).to_contain_text("Ваш коментар")
    expect(comment).to_have_count(1)
