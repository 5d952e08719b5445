"""A moderator at the keyboard: presses keys, reaches fields by Tab, reads what the page says."""

from playwright.sync_api import Locator, Page, expect

QUEUE = "/{language}/admin/queue/"
# More presses of Tab than any page of the desk needs to reach its last button.
MAX_TABS = 90
# Records how long after a key another comment is shown, and how long until the server has answered.
WATCH = """() => {
  window.shown = [];
  window.answered = [];
  let pressed = 0;
  addEventListener("keydown", () => (pressed = performance.now()), true);
  document.addEventListener("queue:shown", () => shown.push(performance.now() - pressed));
  document.addEventListener("queue:answered", () => answered.push(performance.now() - pressed));
}"""
# What a moderator has while reading: the next comments are fetched meanwhile.
PREFETCHED = "Promise.all(moderationQueue.fragments.values())"


def in_focus(page: Page) -> int:
    return int(page.locator(".focus-card").get_attribute("data-comment") or 0)


def expect_in_focus(page: Page, comment: int) -> None:
    expect(page.locator(".focus-card")).to_have_attribute("data-comment", str(comment))


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def said(page: Page, sentence: str) -> None:
    expect(page.locator("#focus-said")).to_contain_text(sentence)


def read(page: Page) -> None:
    """Take the time that a person takes to read: the page has its next comments then."""
    page.evaluate(PREFETCHED)


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until the element has the focus; fails if no number of presses gets there."""
    for _ in range(MAX_TABS):
        if wanted.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


def activate(page: Page, wanted: Locator) -> None:
    """Reach a link or a button by Tab, and press Enter on it."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")
