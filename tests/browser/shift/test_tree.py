"""What a screen reader is told at the queue: landmarks, the comment, its buttons, what happened."""

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment, Status
from tests.browser.shift.conftest import AtQueue
from tests.browser.shift.keyboard import expect_in_focus, press, said, tab_to
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)
CARD = """
- article "Оксана":
  - heading "Оксана" [level=2]
  - group "Текст коментаря"
  - button "Опублікувати"
  - group "Відхилити через":
    - button "спам"
    - button "образа"
    - button "ненависть, погрози"
    - button "особисті дані"
    - button "не про статтю"
    - button "повтор"
"""
PAGE = """
- heading "Коментарі в черзі" [level=1]
- navigation "Причини":
  - link /усі 2/
- region "Коментар на розгляді":
  - article "Оксана"
- complementary "Далі в черзі":
  - heading "Далі в черзі" [level=2]
  - list:
    - listitem:
      - link /Оксана/
    - listitem:
      - link /Борис/
"""
DECIDED = """
- complementary "Далі в черзі":
  - list:
    - listitem:
      - link /Оксана .* опубліковано/
    - listitem:
      - link /Борис/
"""
HELP = """
- dialog "Клавіші":
  - heading "Клавіші" [level=2]
  - paragraph:
    - checkbox "Вирішувати й гортати клавішами" [checked]
  - table:
    - rowgroup:
      - row /Опублікувати/:
        - rowheader "Опублікувати"
        - cell:
          - textbox "Опублікувати": p
"""


@pytest.fixture
def pair(transactional_db: None) -> list[Comment]:
    article = make_article(title="Міст")
    return [
        make_comment(article, Status.HELD, author_name=name, text="Дякую за новину.")
        for name in ("Оксана", "Борис")
    ]


def said_where(page: Page) -> list[str]:
    """The roles of the places that are spoken when they change."""
    places = page.locator("#focus-said, #focus-alert, #focus-pause")
    return [each.get_attribute("role") or "" for each in places.all()]


def test_the_tree_has_the_comment_its_buttons_and_the_queue(
    at_queue: AtQueue, pair: list[Comment]
) -> None:
    page = at_queue("marta")
    queue = page.locator("#focus")
    expect(queue).to_match_aria_snapshot(PAGE)
    expect(queue).to_match_aria_snapshot(CARD)
    assert said_where(page) == ["status", "alert", "status"]
    press(page, "p")
    said(page, "Опубліковано, лишилося 1.")
    expect_in_focus(page, pair[1].pk)
    expect(page.locator(".focus-card")).to_be_focused()
    expect(queue).to_match_aria_snapshot(DECIDED)
    press(page, "?")
    expect(page.locator("body")).to_match_aria_snapshot(HELP)


def test_every_button_of_the_page_is_reached_by_tab_in_the_order_of_the_page(
    at_queue: AtQueue, pair: list[Comment]
) -> None:
    page = at_queue("marta")
    order = [".focus-text", "[name=decision][value=publish]", ".focus-skip"]
    order += ["[name=decision][value=spam]", "[name=decision][value=repeat]", ".focus-row a"]
    for wanted in order:
        tab_to(page, page.locator(wanted).first)
    press(page, "Shift+Tab")
    expect(page.locator("[name=decision][value=repeat]")).to_be_focused()
