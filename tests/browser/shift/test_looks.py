"""Each state of the queue: no accessibility errors, no overflow, one place for the buttons."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment, Status
from moderation.accounts.roles import Role
from tests.browser.reading import faults
from tests.browser.shift.conftest import AtQueue, Scheme
from tests.browser.shift.keyboard import in_focus, press, read, said
from tests.browser.shift.sixty import hold_sixty
from tests.makers import make_comment

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESKTOP, HEIGHT = 390, 1280, 800
View = tuple[int, Scheme]
FITS = "document.documentElement.scrollWidth <= innerWidth"
LEFT = {"uk": "лишилося", "en": "left"}
# The admin's links and buttons change their colours by and by.
AT_LAST = "document.getAnimations().forEach((each) => each.finish())"
# A comment that is longer than the screen, by a name and with a word that cannot be broken.
LONG = "Довге" * 40 + " речення за реченням, і кожне про міст.\n" * 60


@pytest.fixture
def queue(transactional_db: None) -> list[Comment]:
    held = [comment for comment, _keys in hold_sixty()]
    held.append(make_comment(held[0].article, Status.HELD, text=LONG, author_name="Н" * 80))
    return held


def states(page: Page, last: int, left: str) -> Iterator[str]:
    """Bring the page into one state after the other, by keys."""
    yield "opened"
    press(page, "r")
    yield "a reason is chosen"
    press(page, "2")
    expect(page.locator("#focus-said")).to_contain_text(left)
    yield "decided"
    press(page, "k")
    expect(page.locator(".focus-card.desk-rejected")).to_be_visible()
    yield "what was decided is read again"
    press(page, "f")
    yield "search and filters"
    page.locator(".focus-filters > summary").press("Enter")
    page.locator(".focus-more summary").press("Enter")
    yield "all reasons"
    page.locator(".focus-more summary").press("Enter")
    page.evaluate(f"moderationQueue.show('{last}')")
    expect(page.locator(f"#comment-{last}")).to_be_visible()
    yield "a long comment"
    press(page, "Tab", "?")
    yield "the help"


# In one language the page is read by all rules on a light desktop, in the other on a dark phone;
# the colours and the width of the other two are looked at too.
VIEWS: dict[str, tuple[View, View]] = {
    "uk": ((DESKTOP, "light"), (PHONE, "dark")),
    "en": ((PHONE, "dark"), (DESKTOP, "light")),
}


def seen_at(page: Page, view: View) -> None:
    width, scheme = view
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme)
    page.evaluate(AT_LAST)


@pytest.mark.parametrize("language", ["uk", "en"])
def test_every_state_fits_and_has_no_accessibility_errors(
    at_queue: AtQueue, queue: list[Comment], language: str
) -> None:
    page = at_queue("olha", Role.LEAD, language=language)
    first, other = VIEWS[language]
    for state in states(page, queue[-1].pk, LEFT[language]):
        for view, rules in ((first, ()), (other, ("color-contrast",))):
            seen_at(page, view)
            assert faults(page, *rules) == [], (state, view)
            assert page.evaluate(FITS), (state, view)


def test_at_1280_the_buttons_stay_in_place_and_the_next_comments_are_in_view(
    at_queue: AtQueue, queue: list[Comment]
) -> None:
    page = at_queue("marta")
    places = set()
    for key in ("p", "s", "r1", "p", "s"):
        read(page)
        places.add(_place(page, ".focus-acts .desk-publish"))
        listed = page.locator(".focus-row:not(:has([aria-current]))").all()
        assert sum(_bottom(row) < HEIGHT for row in listed) >= 4
        assert page.locator(".focus-text").first.bounding_box()["y"] < HEIGHT / 2  # type: ignore[index]
        before = in_focus(page)
        press(page, *key)
        expect(page.locator(".focus-card")).not_to_have_attribute("data-comment", str(before))
    assert len(places) == 1


def _place(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return box["x"], box["y"]


def _bottom(row: object) -> float:
    box = row.bounding_box()  # type: ignore[attr-defined]
    return float(box["y"] + box["height"])


def test_printed_the_page_has_the_comment_and_no_buttons(
    at_queue: AtQueue, few: list[Comment]
) -> None:
    page = at_queue("marta")
    page.emulate_media(media="print")
    expect(page.locator(".focus-card .focus-text")).to_be_visible()
    for hidden in (".focus-acts", ".focus-tools", ".focus-tabs", ".focus-beside", "#header"):
        expect(page.locator(hidden)).to_be_hidden()
    card = page.locator(".focus-card").bounding_box()
    assert card
    assert card["width"] > page.evaluate("innerWidth") * 0.9


def test_a_touch_is_enough_on_a_phone(at_queue: AtQueue, few: list[Comment]) -> None:
    page = at_queue("marta", width=PHONE)
    page.locator(".focus-reject").click()
    targets = page.locator(".focus-acts :is(button, a):visible").all()
    boxes = [box for each in targets if (box := each.bounding_box())]
    assert len(boxes) == 9
    assert all(min(box["height"], box["width"]) >= 44 for box in boxes)
    page.get_by_role("button", name="образа").click()
    said(page, "лишилося 11")
