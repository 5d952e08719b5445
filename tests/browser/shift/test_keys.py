"""The keys of the queue: on any layout, never with a modifier or while typing, changed or off."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment, Status
from moderation.models import Decision
from tests.browser.shift.conftest import AtQueue
from tests.browser.shift.keyboard import QUEUE, expect_in_focus, in_focus, press, said, tab_to

pytestmark = pytest.mark.django_db(transaction=True)
MODIFIERS = ("Control", "Alt", "Meta", "Shift")
# On a Ukrainian layout the key P gives another letter.
CYRILLIC = """() => document.dispatchEvent(
  new KeyboardEvent("keydown", { key: "з", code: "KeyP", bubbles: true }),
)"""


def has_decided() -> bool:
    return Decision.objects.filter(user__isnull=False).exists()


def test_no_key_acts_with_a_modifier_or_while_typing(at_queue: AtQueue, few: list[Comment]) -> None:
    page = at_queue("marta")
    press(page, *(f"{modifier}+{key}" for modifier in MODIFIERS for key in "psu"))
    press(page, "Control+k")
    expect(page.locator("#focus-go-to")).to_be_focused()
    press(page, *"ps")
    assert page.locator("#focus-go-to").input_value() == "ps"
    press(page, "Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    press(page, "f")
    expect(page.locator("[name=q]")).to_be_focused()
    press(page, *"pu")
    assert page.locator("[name=q]").input_value() == "pu"
    assert in_focus(page) == few[0].pk
    assert not has_decided()


def test_a_key_acts_at_once_after_a_dialog_was_closed(
    at_queue: AtQueue, few: list[Comment]
) -> None:
    page = at_queue("marta")
    press(page, "Control+k")
    expect(page.locator("#focus-go-to")).to_be_focused()
    # In one turn of the browser, which moves the focus only before it draws.
    page.evaluate(
        """() => {
          const field = document.getElementById("focus-go-to");
          document.getElementById("focus-go").close();
          const pressed = { key: "f", code: "KeyF", bubbles: true };
          field.dispatchEvent(new KeyboardEvent("keydown", pressed));
        }"""
    )
    expect(page.locator("[name=q]")).to_be_focused()


def test_a_number_rejects_only_after_its_key(at_queue: AtQueue, few: list[Comment]) -> None:
    page = at_queue("marta")
    press(page, "1", "r", "Escape", "2", "r", "x", "3")
    assert in_focus(page) == few[0].pk
    assert not has_decided()
    press(page, "r", "3")
    said(page, "лишилося 11")


def test_a_key_that_is_held_down_decides_once(at_queue: AtQueue, few: list[Comment]) -> None:
    page = at_queue("marta")
    for _ in range(4):
        page.keyboard.down("p")
    page.keyboard.up("p")
    said(page, "лишилося 11")
    expect_in_focus(page, few[1].pk)
    assert Comment.objects.held().count() == 11


def test_keys_that_are_off_do_nothing_and_stay_off(at_queue: AtQueue, few: list[Comment]) -> None:
    page = at_queue("marta")
    press(page, "?")
    tab_to(page, page.locator("#focus-keys-on"))
    press(page, "Space", "Escape", *"pr1sk")
    page.reload()
    page.wait_for_load_state("networkidle")
    press(page, *"pr1sk", "Control+k")
    assert in_focus(page) == few[0].pk
    expect(page.locator("#focus-go")).to_be_hidden()
    expect(page.locator(".focus-acts kbd").first).to_be_hidden()
    assert not has_decided()


def test_a_key_can_be_changed_and_is_remembered(at_queue: AtQueue, few: list[Comment]) -> None:
    page = at_queue("marta")
    press(page, "?")
    tab_to(page, page.locator("#key-publish"))
    press(page, "s")
    expect(page.locator("#focus-keys-error")).to_have_text("Ця клавіша вже зайнята.")
    page.locator("#key-publish").fill("y")
    press(page, "Escape")
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".desk-publish kbd")).to_have_text("y")
    press(page, "p")
    assert in_focus(page) == few[0].pk
    press(page, "y")
    said(page, "Опубліковано")


def test_keys_work_on_another_layout_and_undo_after_a_reload(
    at_queue: AtQueue, few: list[Comment]
) -> None:
    page = at_queue("marta")
    page.evaluate(CYRILLIC)
    said(page, "Опубліковано")
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#focus-last")).to_contain_text("опубліковано")
    press(page, "u")
    said(page, "Скасовано")
    expect_in_focus(page, few[0].pk)
    few[0].refresh_from_db()
    assert few[0].status == Status.HELD


def test_ctrl_k_goes_to_a_number_a_link_or_a_name(at_queue: AtQueue, few: list[Comment]) -> None:
    page, comment = at_queue("marta"), few[2]
    for asked in (f"#{comment.pk}", f"/uk/x/#comment-{comment.pk}", comment.author_name):
        page.goto(QUEUE.format(language="uk"))
        press(page, "Control+k")
        page.keyboard.type(asked)
        press(page, "Enter")
        page.wait_for_url(lambda url: "/queue/" not in url)
        expect(page.locator(f"#comment-{comment.pk}")).to_be_visible()
