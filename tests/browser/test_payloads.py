"""In a real browser no text from readers runs, on any page that shows it.

No feed and no mail shows comments yet; if one is added, test it here.
"""

from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

import pytest
from django.db.models import Count
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, Route
from pytest_django.live_server_helper import LiveServer

from comments import threads
from comments.models import Article, Comment, Status
from moderation.desk.lists import CardList
from moderation.policy.verdict import Reason
from tests.browser.payloads import BY_KIND, PAYLOADS
from tests.browser.trap import FOREIGN, Trap
from tests.makers import make_article
from tests.moderation.desk.desks import signed_in_as_superuser

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.no_cover]
LEAST, A_PAGE = 150, 100
# An e-mail may contain markup in quotes.
EMAIL = '"<svg/onload=trap(1)>"@example.org'
EVERYTHING = " ".join(PAYLOADS)


def facts(number: int, payload: str) -> dict[str, object]:
    """A submission from a new reader with the payload in every field that accepts it."""
    tail = "".join(payload.split()).replace("\x0c", "")
    return {
        "text": payload,
        "author_name": payload if len(payload) <= 80 else f"<b onclick=trap({number})>x</b>",
        "author_email": EMAIL if number == 0 else f"reader{number}@example.org",
        "author_url": f"https://example.org/?{tail}"[:200],
    }


def address_of(number: int) -> str:
    return f"198.18.{number // 250}.{number % 250 + 1}"


def by_form(article: Article) -> Client:
    """Post every payload with the form; return the client that posted the last of them."""
    client = Client()
    for number, payload in enumerate(PAYLOADS):
        data = {**facts(number, payload), "remember": "on"}
        client.post(article.get_absolute_url(), data, REMOTE_ADDR=address_of(number))
    return client


def by_rest(article: Article) -> None:
    """Post them again by REST, each as a reply to a comment that contains one."""
    roots = list(article.comments.values_list("pk", flat=True))
    for number, payload in enumerate(PAYLOADS):
        data = {**facts(number, payload), "parent": roots[number % len(roots)]}
        Client().post(
            f"/api/v1/articles/{article.key}/comments/",
            data,
            content_type="application/json",
            REMOTE_ADDR=address_of(number),
        )


@pytest.fixture
def article(transactional_db: None) -> Article:
    return make_article(key="mist")


@pytest.fixture
def context(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url)
    yield context
    context.close()


def sign_in(context: BrowserContext, client: Client, home: str) -> None:
    context.add_cookies(
        [{"name": name, "value": c.value, "url": home} for name, c in client.cookies.items()]
    )


def one_line(text: str) -> str:
    return " ".join(text.split())


def texts_on(page: Page, selector: str) -> set[str]:
    found = page.eval_on_selector_all(selector, "(all) => all.map((each) => each.textContent)")
    return {one_line(text) for text in found}


def test_no_stored_payload_runs_on_any_page(
    context: BrowserContext,
    live_server: LiveServer,
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Fewer and longer pages, because opening one is slow.
    monkeypatch.setattr(threads, "PAGE_SIZE", A_PAGE)
    monkeypatch.setattr(CardList, "paginate_by", A_PAGE)
    author = by_form(article)
    stored = list(article.comments.order_by("pk"))
    assert len(stored) >= LEAST
    assert {comment.text for comment in stored} <= {payload.strip() for payload in PAYLOADS}
    Comment.objects.update(status=Status.PUBLISHED)
    by_rest(article)
    answers = Comment.objects.exclude(parent=None)
    assert answers.count() >= LEAST
    answers.update(status=Status.HELD, reason=Reason.TOXICITY)
    trap, page = Trap(context, live_server.url), context.new_page()
    _see_the_article(page, trap, stored)
    _see_the_desk(page, trap, context, answers.count())
    answers.update(status=Status.PUBLISHED)
    _see_the_answers(page, trap)
    _see_rest(page, trap)
    Comment.objects.update(status=Status.PENDING)
    sign_in(context, author, live_server.url)
    page.goto("/uk/articles/mist/")
    trap.look(page)
    assert page.locator(".comment-waiting").count() > 20
    assert "trap(" in page.locator("#id_author_name").input_value()


def _see_the_article(page: Page, trap: Trap, stored: list[Comment]) -> None:
    shown: set[str] = set()
    page.goto("/uk/articles/mist/")
    for _ in range(len(stored) // A_PAGE + 1):
        trap.look(page)
        shown |= texts_on(page, ".comment-text")
        if link := page.query_selector("a[rel=next]"):
            page.goto(f"/uk/articles/mist/{link.get_attribute('href')}")
    # As typed, but for the marks of emphasis.
    assert shown == {one_line(comment.text.replace("__", "")) for comment in stored}
    page.goto("/uk/articles/mist/")
    relations = page.eval_on_selector_all(
        ".comment a[href*='://']", "(all) => all.map((a) => a.rel)"
    )
    assert set(relations) == {"ugc nofollow noopener"}


def _see_the_answers(page: Page, trap: Trap) -> None:
    page.goto("/uk/articles/mist/?order=oldest")
    trap.look(page)
    root = Comment.objects.filter(parent=None).annotate(n=Count("replies")).order_by("-n").first()
    page.goto(f"/uk/articles/mist/?thread={root.pk}&reply_to={root.pk}")  # type: ignore[union-attr]
    trap.look(page)
    assert "trap(" in page.locator("#respond-title").inner_text()


def _see_the_desk(page: Page, trap: Trap, context: BrowserContext, waiting: int) -> None:
    sign_in(context, signed_in_as_superuser(), trap.home)
    seen: set[str] = set()
    for number in range(1, waiting // A_PAGE + 2):
        page.goto(f"/uk/admin/queue/list/?page={number}")
        trap.look(page)
        seen |= texts_on(page, ".desk-text")
    held = Comment.objects.held().values_list("text", flat=True)
    assert seen == {one_line(text) for text in held}
    for comment in Comment.objects.held()[:A_PAGE]:
        page.goto(f"/uk/admin/queue/?comment={comment.pk}")
        trap.look(page)
    first = Comment.objects.earliest("pk")
    for path in (
        f"comments/?q={quote(PAYLOADS[0])}",
        f"comments/?q={quote(EVERYTHING[:1500])}&status=held",
        f"comments/{first.pk}/",
        "moderation/decision/",
    ):
        page.goto(f"/uk/admin/{path}")
        trap.look(page)
    page.goto(f"/uk/admin/comments/{first.pk}/")
    page.locator('form[action$="/contact/"] button').click()
    page.wait_for_selector("dl.desk-contact")
    trap.look(page)
    assert EMAIL in page.locator("dl.desk-contact").inner_text()


def _see_rest(page: Page, trap: Trap) -> None:
    address = "/api/v1/articles/mist/comments/?limit=100"
    while address:
        answer = page.goto(address)
        assert answer
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert trap.sprung == []
        address = answer.json()["next"]


def test_no_payload_runs_when_a_form_is_shown_again(
    context: BrowserContext, live_server: LiveServer, article: Article
) -> None:
    trap, page = Trap(context, live_server.url), context.new_page()
    page.goto("/uk/articles/mist/")
    for name in ("text", "author_name", "author_email", "author_url"):
        page.locator(f"#id_{name}").evaluate("(field, all) => { field.value = all; }", EVERYTHING)
    with page.expect_navigation():
        page.locator("button[type=submit]").click()
    trap.look(page)
    assert page.locator("[role=alert]").count()
    for name in ("text", "author_name", "author_email", "author_url"):
        # A single-line field drops line breaks, as every browser does.
        assert one_line(page.locator(f"#id_{name}").input_value()) == one_line(EVERYTHING), name
    named = "&".join(f"{quote(payload)}={quote(payload)}" for payload in SOME)
    for query in (f"x={quote(EVERYTHING)}", named):
        page.goto(f"/uk/articles/mist/?order=oldest&{query}#comments")
        trap.look(page)
    for first in range(0, len(SOME), 4):
        asked = zip(
            ("reply_to", "thread", "after", "comment"), SOME[first : first + 4], strict=True
        )
        page.goto("/uk/articles/mist/?" + "&".join(f"{name}={quote(p)}" for name, p in asked))
        trap.look(page)
    page.goto(f"/api/v1/{quote(SOME[0])}")
    for payload in SOME:
        page.goto(f"/uk/{quote(payload)}/")
    assert trap.sprung == []


# One of each kind, for cases that need a page each.
SOME = [kind[0] for kind in BY_KIND.values()]


def test_the_trap_detects_unescaped_payloads(
    context: BrowserContext, live_server: LiveServer
) -> None:
    trap, page = Trap(context, live_server.url), context.new_page()
    policy = {"Content-Security-Policy": "script-src 'self'"}
    raw = ("<script>trap(1)</script>", "<img src=x onerror=alert(2)>", "<svg onload=trap(3)>")
    for headers in ({}, policy):
        for payload in raw:
            answer = partial(_fulfil, body=f"<!doctype html><p>{payload}", headers=headers)
            page.route("**/raw", answer)
            page.goto("/raw")
            page.wait_for_timeout(50)
            assert trap.sprung, payload
            trap.sprung.clear()
    body = "<p onclick=trap(4) id=x><a href=' JavaScript:trap(5)'>x</a><iframe></iframe>"
    page.route("**/raw", partial(_fulfil, body=body, headers={}))
    page.goto("/raw")
    assert len(page.evaluate(FOREIGN)) == 3


def _fulfil(route: Route, *, body: str, headers: dict[str, str]) -> None:
    route.fulfill(body=body, content_type="text/html", headers=headers)
