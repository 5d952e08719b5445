"""The article page in a real browser: without JavaScript, by keyboard, on a phone, in dark mode."""

import re
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from comments.models import Article, Comment, Status
from moderation.policy.verdict import Outcome, Reason
from tests.browser.reading import DESKTOP, PHONE, OpenPage, fill, send
from tests.makers import decide, make_comment

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_submitted_comment_is_shown_to_its_author_and_then_published(
    open_page: OpenPage, article: Article
) -> None:
    page = open_page("/articles/mist/")
    fill(page)
    send(page)
    comment = Comment.objects.get()
    assert comment.status == Status.PENDING
    assert page.url.endswith(f"/uk/articles/mist/?comment={comment.pk}#comment-{comment.pk}")
    mine = page.locator(f"#comment-{comment.pk}")
    expect(mine).to_be_in_viewport()
    expect(mine).to_contain_text("Дякую за статтю!")
    expect(page.get_by_role("heading", name="Це бачите лише ви")).to_be_visible()

    other = open_page("/uk/articles/mist/")
    expect(other.locator("main")).not_to_contain_text("Дякую за статтю!")

    decide(comment, Outcome.PUBLISH, Reason.CLEAN)
    page.reload()
    expect(mine).to_contain_text("Ваш коментар")
    expect(page.get_by_role("heading", name="Це бачите лише ви")).to_have_count(0)
    other.reload()
    expect(other.locator(f"#comment-{comment.pk}")).to_contain_text("Дякую за статтю!")


def test_the_author_of_a_rejected_comment_sees_why(open_page: OpenPage, article: Article) -> None:
    page = open_page("/en/articles/mist/")
    page.get_by_role("textbox", name="Comment").fill("Купуйте!")
    page.get_by_role("textbox", name="Name").fill("Оксана")
    page.get_by_role("textbox", name="E-mail").fill("oksana@example.org")
    send(page, "Post Comment")
    decide(Comment.objects.get(), Outcome.REJECT, Reason.SPAM)
    page.reload()
    expect(page.locator(".own .comment-status")).to_contain_text(
        "it looks like advertising or spam"
    )


def test_an_error_brings_the_reader_to_the_form_with_everything_typed(
    open_page: OpenPage, article: Article
) -> None:
    page = open_page("/uk/articles/mist/")
    fill(page, **{"Ім’я": "", "E-mail": "oksana@"})
    page.get_by_label("Зберегти моє ім’я").check()
    send(page)
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.locator("#id_text")).to_have_value("Дякую за статтю!")
    expect(page.locator("#id_author_email")).to_have_value("oksana@")
    expect(page.locator("#id_remember")).to_be_checked()
    expect(page.locator("#id_author_name")).to_have_accessible_description("Вкажіть ім’я.")
    page.get_by_role("link", name="Вкажіть ім’я.").click()
    expect(page.locator("#id_author_name")).to_be_focused()
    fill(page)
    send(page)
    assert Comment.objects.get().author_name == "Оксана"


def test_the_result_of_the_form_has_the_focus_each_time_it_is_sent(
    open_page: OpenPage, article: Article
) -> None:
    page = open_page("/uk/articles/mist/?order=oldest")
    for _ in range(2):
        fill(page, **{"Ім’я": ""})
        send(page)
        said = page.get_by_role("alert")
        expect(said).to_be_focused()
        expect(said).to_have_accessible_name(re.compile("ще не надіслано"))
        expect(said).to_have_accessible_description("Вкажіть ім’я.")
    for text in ("Дякую за статтю!", "І ще одне.", "І ще одне."):
        fill(page, Коментар=text)
        send(page)
        mine = page.locator(f"#comment-{Comment.objects.latest('pk').pk}")
        expect(mine).to_be_focused()
        expect(mine).to_have_accessible_description(re.compile("коментар перевіряється"))


def test_a_text_over_the_limit_is_kept_completely(open_page: OpenPage, article: Article) -> None:
    page = open_page("/uk/articles/mist/")
    text = "перший рядок\n" * 400 + "кінець"
    fill(page, Коментар=text)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Коментар задовгий")
    expect(page.locator("#id_text")).to_have_value(text)


def test_a_reply_is_shown_below_its_parent(open_page: OpenPage, article: Article) -> None:
    root = make_comment(article, author_name="Ганна")
    page = open_page("/uk/articles/mist/")
    page.get_by_role("link", name="Відповісти – Ганна").click()
    heading = page.get_by_role("heading", name="Відповідь на коментар (Ганна)")
    expect(heading).to_be_in_viewport()
    fill(page)
    send(page)
    reply = Comment.objects.latest("pk")
    assert reply.parent == root
    expect(page.locator(f"#comment-{reply.pk}")).to_be_in_viewport()
    decide(reply, Outcome.PUBLISH, Reason.CLEAN)
    page.reload()
    expect(page.locator(f".replies #comment-{reply.pk}")).to_be_in_viewport()


def test_order_and_pages_are_links(open_page: OpenPage, busy: Article) -> None:
    page = open_page("/uk/articles/mist/")
    page.get_by_role("link", name="Найстаріші").click()
    page.get_by_role("link", name="Наступна").click()
    assert "?order=oldest&after=" in page.url
    expect(page.locator(".thread > li")).to_have_count(2)


def test_the_language_can_be_switched_on_the_page(open_page: OpenPage, article: Article) -> None:
    page = open_page("/articles/mist/", locale="en-GB")
    expect(page.get_by_role("heading", name="Leave a Reply")).to_be_visible()
    page.get_by_role("link", name="Українська").click()
    assert page.url.endswith("/uk/articles/mist/")
    expect(page.get_by_role("heading", name="Залишити відповідь")).to_be_visible()


def test_the_first_tab_stop_skips_the_header(open_page: OpenPage, article: Article) -> None:
    page = open_page("/uk/articles/mist/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Перейти до тексту")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()


def test_no_request_leaves_the_site_or_fails(
    open_page: OpenPage, busy: Article, live_server: LiveServer
) -> None:
    page = open_page("about:blank", java_script_enabled=True)
    requests: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("response", lambda got: failures.append(got.url) if got.status >= 400 else None)
    page.on("console", lambda message: failures.append(message.text))
    page.goto("/uk/articles/mist/", wait_until="networkidle")
    assert {urlsplit(url).netloc for url in requests} == {urlsplit(live_server.url).netloc}
    assert not failures


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("address", ["/uk/", "/uk/articles/mist/", "/en/articles/mist/", "/uk/x/"])
def test_nothing_is_wider_than_the_screen(
    open_page: OpenPage, busy: Article, width: int, address: str
) -> None:
    page = open_page(address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_all_touch_targets_are_large_enough(open_page: OpenPage, busy: Article) -> None:
    page = open_page(f"/uk/articles/mist/?reply_to={busy.comments.latest('pk').pk}", PHONE)
    selector = (
        ".languages a, .order a, .reply, .pages a, button, .cancel a, .byline a,"
        "input:not([type=hidden]):not([type=checkbox]), textarea, .remember label"
    )
    targets = page.locator(selector).all()
    small = [
        (target.inner_text(), box)
        for target in targets
        if (box := target.bounding_box()) and min(box["width"], box["height"]) < 44
    ]
    assert len(targets) > 30
    assert not small


@pytest.mark.parametrize(("width", "colours"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_axe_finds_nothing(
    open_page: OpenPage, busy: Article, width: int, colours: Literal["light", "dark"]
) -> None:
    page = open_page("/uk/articles/mist/", width, color_scheme=colours, java_script_enabled=True)
    assert not violations(page)
    fill(page, **{"E-mail": "oksana@"})
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert not violations(page)
    fill(page)
    send(page)
    expect(page.get_by_role("heading", name="Це бачите лише ви")).to_be_visible()
    assert not violations(page)
    for address in ("/uk/", "/en/articles/mist/?order=oldest&after=1", "/uk/nothing/"):
        page.goto(address)
        assert not violations(page)


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found]
