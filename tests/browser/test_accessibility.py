"""What the accessibility statement says was tested and no other test covers; the page itself."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from comments.models import Article, Comment
from tests.browser.reading import DESKTOP, PHONE, OpenPage, faults
from tests.makers import make_comment

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/uk/articles/mist/"
# Elements that cut off a part of their text.
CUT_OFF = """[...document.querySelectorAll("main *:not(.unseen, .unseen *)")].filter((each) =>
  getComputedStyle(each).overflow !== "visible" && each.scrollWidth > each.clientWidth + 1
).map((each) => each.outerHTML)"""


def tab_to(
    page: Page, name: str | re.Pattern[str], role: Literal["link", "button", "textbox"]
) -> None:
    """Press Tab until the element has the focus, at most 40 times."""
    wanted = page.get_by_role(role, name=name)
    for _ in range(40):
        page.keyboard.press("Tab")
        if wanted.evaluate("(each) => each === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {name}")


def test_a_comment_is_found_answered_and_sent_with_the_keyboard_alone(
    open_page: OpenPage, article: Article
) -> None:
    make_comment(article, author_name="Ганна", text="Нарешті візьмуться за міст.")
    page = open_page(ADDRESS, java_script_enabled=True)
    expect(page.get_by_role("region", name="1 коментар")).to_match_aria_snapshot("""
      - region "1 коментар":
        - heading "1 коментар" [level=2]
        - link "Написати коментар"
        - list:
          - listitem:
            - article /Ганна/:
              - heading "Ганна" [level=3]
              - paragraph: Нарешті візьмуться за міст.
              - paragraph:
                - button "Корисно – Ганна"
                - link "Відповісти – Ганна"
                - link "Поскаржитися – Ганна"
    """)
    tab_to(page, "Відповісти – Ганна", "link")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Коментар *")).to_be_focused()
    page.keyboard.type("Згодна з вами.")
    for name, typed in (("Ім’я *", "Оксана"), ("E-mail *", "oksana@example.org")):
        tab_to(page, name, "textbox")
        page.keyboard.type(typed)
    tab_to(page, "Опублікувати коментар", "button")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    sent = Comment.objects.get(text="Згодна з вами.")
    mine = page.locator(f"#comment-{sent.pk}")
    expect(mine).to_be_focused()
    expect(mine).to_have_accessible_name(re.compile("Оксана"))
    expect(mine).to_have_accessible_description(re.compile("перевіря"))


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_with_text_at_twice_its_size_nothing_is_cut_off(
    open_page: OpenPage, busy: Article, width: int
) -> None:
    page = open_page(ADDRESS, width, java_script_enabled=True)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT_OFF) == []
    assert not faults(page)


def test_with_high_contrast_colours_the_chosen_tab_can_be_told(
    open_page: OpenPage, busy: Article
) -> None:
    page = open_page(ADDRESS, java_script_enabled=True, forced_colors="active")
    for bar in (".order", ".languages"):
        lines = page.locator(f"{bar} a").evaluate_all(
            "(all) => all.map((each) => [each.hasAttribute('aria-current'),"
            " parseFloat(getComputedStyle(each).borderBottomWidth)])"
        )
        chosen = {width for is_chosen, width in lines if is_chosen}
        others = {width for is_chosen, width in lines if not is_chosen}
        assert min(chosen) > max(others)
    assert not faults(page)


@pytest.mark.parametrize(("width", "colours"), [(PHONE, "dark"), (DESKTOP, "light")])
def test_the_statements_in_the_foot_of_every_page_open_without_a_fault(
    open_page: OpenPage, article: Article, width: int, colours: Literal["light", "dark"]
) -> None:
    for name in ("Доступність", "Ваші дані в коментарях"):
        page = open_page(ADDRESS, width, color_scheme=colours, java_script_enabled=True)
        page.get_by_role("contentinfo").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name.split()[-1][:9])
        assert not faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
