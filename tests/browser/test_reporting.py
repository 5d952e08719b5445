"""A reader reports a comment in a real browser, on a phone and without JavaScript."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from comments.models import Article, Status
from moderation.models import Report
from tests.browser.reading import DESKTOP, OpenPage
from tests.makers import make_comment
from tests.moderation.reporting import report_often

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 390


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {[node['html'] for node in rule['nodes']]}" for rule in found]


def fits(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


@pytest.mark.parametrize(("width", "colours"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_axe_finds_nothing_on_the_way_from_the_link_to_the_outcome(
    open_page: OpenPage, article: Article, width: int, colours: Literal["light", "dark"]
) -> None:
    comment = make_comment(article, text="Ви всі дурні! " + "дуже" * 60)
    page = open_page("/uk/articles/mist/", width, color_scheme=colours, java_script_enabled=True)
    page.get_by_role("link", name="Поскаржитися").click()
    expect(page.get_by_role("heading", name="Скарга на коментар")).to_be_visible()
    assert (violations(page), fits(page, width)) == ([], True)
    page.get_by_role("button", name="Надіслати скаргу").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert (violations(page), fits(page, width)) == ([], True)
    page.get_by_role("link", name="Виберіть, що не так").click()
    expect(page.get_by_label("Спам або реклама")).to_be_focused()
    page.get_by_label("Ображає або принижує").check()
    page.get_by_role("textbox").fill("Ображає нас.")
    page.get_by_role("button", name="Надіслати скаргу").click()
    reported = page.locator(f"#comment-{comment.pk}")
    expect(reported).to_contain_text("Модератор ще не ухвалив рішення")
    expect(reported).to_be_in_viewport()
    assert (violations(page), fits(page, width)) == ([], True)
    report_often(comment, 2)
    assert comment.status == Status.HELD
    page.reload()
    expect(page.get_by_role("region", name="Ваші скарги")).to_contain_text("Його приховано")
    assert (violations(page), fits(page, width)) == ([], True)


def test_without_javascript_by_keyboard_alone(open_page: OpenPage, article: Article) -> None:
    comment = make_comment(article)
    page = open_page("/en/articles/mist/", PHONE)
    page.get_by_role("link", name="Report").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Spam or advertising").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("It insults or humiliates")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Mocks the author.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"#comment-{comment.pk}")).to_contain_text("You reported this comment.")
    report = Report.objects.get()
    assert (report.reason, report.sentence) == ("insult", "Mocks the author.")


def test_all_touch_targets_of_the_form_are_large_enough(
    open_page: OpenPage, article: Article
) -> None:
    comment = make_comment(article)
    page = open_page(f"/uk/articles/mist/comments/{comment.pk}/report/", PHONE)
    targets = page.locator(".report-reasons label, textarea, button, .button-quiet").all()
    boxes = [box for target in targets if (box := target.bounding_box())]
    assert len(boxes) == 9
    assert all(min(box["width"], box["height"]) >= 44 for box in boxes)
