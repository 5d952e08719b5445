"""A shift at the queue by keys alone, in one browser and in two."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment, Status
from moderation import services
from moderation.accounts.roles import Role, make_member
from moderation.models import Decision
from moderation.policy.verdict import Outcome, Reason
from tests.browser.reading import OpenDesk, faults
from tests.makers import decide, make_article, make_comment, set_policy

pytestmark = pytest.mark.django_db(transaction=True)
QUEUE = "/uk/admin/queue/"
PHONE, DESKTOP = 390, 1280
FITS = "document.documentElement.scrollWidth <= innerWidth"
# In a page that fetched it before, the next comment is shown within this many milliseconds.
AT_ONCE = 100
# Records when a key is pressed and when another comment is in focus.
WATCH = """() => {
  window.waits = [];
  let pressed = 0;
  addEventListener("keydown", () => (pressed = performance.now()), true);
  document.addEventListener("queue:shown", () => waits.push(performance.now() - pressed));
}"""
CYRILLIC = """() => document.dispatchEvent(
  new KeyboardEvent("keydown", { key: "з", code: "KeyP", bubbles: true }),
)"""
# Every way in which comments get into the queue, with how they are decided: the keys.
KINDS: list[tuple[dict[str, str], str]] = [
    ({"text": "Ти дурень, закрий рота, ідіоте!"}, "r2"),
    ({"text": "Здохни, тварюко, приїду до тебе додому і вб’ю."}, "r3"),
    ({"text": "Іванчук живе на вулиці Садовій, 14, квартира 8, тел. 067 123 45 67."}, "r4"),
    ({"text": "Дивіться: a.example b.example.com c.example.org d.example.net"}, "r1"),
    ({"text": "Оце так ковінька, кажу вам."}, "p"),
    ({"text": "Чекали на це три роки.", "author_name": "Ремонт квартир"}, "r1"),
    ({"text": "Дякую за новину.", "author_name": "Модератор"}, "r5"),
    ({"text": "Міст потрібен усім.", "author_url": "https://joycasino.example"}, "p"),
]


@pytest.fixture(autouse=True)
def ten_minutes(settings: Any) -> None:
    settings.UNDO_MINUTES = 10


@pytest.fixture
def held(transactional_db: None) -> list[Comment]:
    """A dozen comments in the queue: what the service holds, reports and a reply."""
    set_policy(banned_words="ковінька")
    article = make_article(title="Міст", text="Міст закриють на чотири місяці.")
    root = make_comment(article, text="А де гроші візьмуть?")
    found = [make_comment(article, Status.PENDING, **facts) for facts, _keys in KINDS]
    services.moderate_all(comments=found)
    for comment in found:
        comment.refresh_from_db()
        if comment.status != Status.HELD:
            decide(comment, Outcome.HOLD, Reason.RETURNED)
    reply = make_comment(article, Status.HELD, parent=root, text="У сусідів позичать.")
    reported = [make_comment(article, text=f"Мені не подобається {each}.") for each in "абв"]
    for comment in reported:
        decide(comment, Outcome.HOLD, Reason.REPORTED)
    return [*found, reply, *reported]


@pytest.fixture
def at_queue(open_desk: OpenDesk) -> Callable[..., Page]:
    """A moderator's browser with the queue open."""

    def opened(name: str, width: int = DESKTOP) -> Page:
        page = open_desk(width, make_member(name, Role.MODERATOR)[0])
        page.goto(QUEUE)
        page.wait_for_load_state("networkidle")
        page.evaluate(WATCH)
        return page

    return opened


def in_focus(page: Page) -> int:
    return int(page.locator(".focus-card").get_attribute("data-comment") or 0)


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def said(page: Page, sentence: str) -> None:
    expect(page.locator("#focus-said")).to_contain_text(sentence)


def statuses() -> dict[int, str]:
    return dict(Comment.objects.exclude(text="А де гроші візьмуть?").values_list("pk", "status"))


def test_a_shift_by_keys_alone(at_queue: Callable[..., Page], held: list[Comment]) -> None:
    page = at_queue("marta")
    assert in_focus(page) == held[0].pk
    ways = [keys for _facts, keys in KINDS] + ["p", "r6", "p", "r2"]
    left = len(held)
    for comment, keys in zip(held, ways, strict=True):
        assert in_focus(page) == comment.pk
        press(page, keys)
        left -= 1
        said(page, f"лишилося {left}. U — скасувати.")
    assert {len(keys) for keys in ways if keys == "p"} == {1}
    assert {len(keys) for keys in ways if keys != "p"} == {2}
    expect(page.locator(".focus-empty")).to_be_focused()
    assert Status.HELD not in statuses().values()
    reasons = {"r1": "spam", "r2": "toxicity", "r3": "hate", "r4": "personal_data"}
    reasons |= {"p": "reviewed", "r5": "off_topic", "r6": "repeat"}
    for comment, keys in zip(held, ways, strict=True):
        comment.refresh_from_db()
        assert comment.reason == reasons[keys], keys
    waits = page.evaluate("waits")
    assert len(waits) == len(held)
    assert sorted(waits)[len(waits) // 2] < AT_ONCE
    press(page, "uu")
    said(page, "знову чекає")
    expect(page.locator(".focus-card")).to_have_attribute("data-comment", str(held[-2].pk))
    assert sorted(pk for pk, status in statuses().items() if status == Status.HELD) == [
        held[-2].pk,
        held[-1].pk,
    ]


def test_undo_works_after_a_reload_and_on_another_layout(
    at_queue: Callable[..., Page], held: list[Comment]
) -> None:
    page = at_queue("marta")
    # On a Ukrainian layout the keys P, R and U give other letters.
    page.evaluate(CYRILLIC)
    said(page, "Опубліковано")
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#focus-last")).to_contain_text("опубліковано")
    press(page, "u")
    said(page, "Скасовано")
    assert in_focus(page) == held[0].pk
    assert statuses()[held[0].pk] == Status.HELD


def test_keys_do_nothing_with_modifiers_while_typing_or_when_off(
    at_queue: Callable[..., Page], held: list[Comment]
) -> None:
    page = at_queue("marta")
    for combination in ("Control+p", "Alt+p", "Shift+p", "Meta+s"):
        page.keyboard.press(combination)
    page.keyboard.press("Control+k")
    expect(page.locator("#focus-go-to")).to_be_focused()
    press(page, "ps")
    assert page.locator("#focus-go-to").input_value() == "ps"
    page.keyboard.press("Escape")
    page.locator(".focus-filters > summary").click()
    page.locator("[name=q]").fill("")
    press(page, "pu")
    press_help(page)
    page.locator("#focus-keys-on").uncheck()
    page.keyboard.press("Escape")
    page.locator(".focus-card").focus()
    press(page, "pr1s")
    assert in_focus(page) == held[0].pk
    assert not Decision.objects.filter(user__isnull=False).exists()


def press_help(page: Page) -> None:
    page.locator("#focus-help-open").click()
    expect(page.locator("#focus-help")).to_be_visible()


def test_a_key_can_be_changed_and_is_remembered(
    at_queue: Callable[..., Page], held: list[Comment]
) -> None:
    page = at_queue("marta")
    page.keyboard.press("?")
    page.locator("#key-publish").fill("s")
    expect(page.locator("#focus-keys-error")).to_have_text("Ця клавіша вже зайнята.")
    page.locator("#key-publish").fill("y")
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_load_state("networkidle")
    press(page, "p")
    assert in_focus(page) == held[0].pk
    press(page, "y")
    said(page, "Опубліковано")


def test_two_moderators_in_two_browsers(at_queue: Callable[..., Page], held: list[Comment]) -> None:
    marta, ivan = at_queue("marta"), at_queue("ivan")
    assert (in_focus(marta), in_focus(ivan)) == (held[0].pk, held[1].pk)
    expect(ivan.locator(f"#row-{held[0].pk}")).to_contain_text("читає marta")
    # Ivan takes a comment that Marta has open, and she decides on it a moment later.
    press(ivan, "k")
    expect(ivan.locator(".focus-holder")).to_have_text("Цей коментар саме читає marta.")
    press(ivan, "p")
    said(ivan, "Опубліковано")
    assert in_focus(ivan) == held[1].pk
    press(marta, "r1")
    expect(marta.locator("#focus-alert")).to_contain_text("ivan: опубліковано")
    expect(marta.locator(f"#row-{held[0].pk}")).to_contain_text("ivan: опубліковано")
    assert statuses()[held[0].pk] == Status.PUBLISHED
    press(ivan, "p")
    said(ivan, "лишилося 10")
    new = make_comment(held[0].article, Status.HELD, text="Щойно надійшов.")
    marta.evaluate("moderationQueue.look()")
    expect(marta.locator(f"#row-{held[1].pk}.is-done")).to_contain_text("ivan: опубліковано")
    marta.locator("#focus-new").click()
    expect(marta.locator(f"#row-{new.pk}")).to_contain_text("Щойно надійшов.")


def test_what_cannot_be_sent_comes_back_with_a_sentence(
    at_queue: Callable[..., Page], held: list[Comment]
) -> None:
    page = at_queue("marta")
    page.route("**/decide/**", lambda route: route.abort())
    press(page, "p")
    expect(page.locator("#focus-alert")).to_contain_text("Не вдалося надіслати")
    expect(page.locator(".focus-card")).to_have_attribute("data-comment", str(held[0].pk))
    assert page.locator(f"#row-{held[0].pk}.is-done").count() == 0
    page.unroute("**/decide/**")
    press(page, "p")
    said(page, "лишилося 11")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_every_state_fits_and_has_no_accessibility_errors(
    at_queue: Callable[..., Page], held: list[Comment], width: int
) -> None:
    page = at_queue("marta", width)
    states: list[Callable[[], Any]] = [
        lambda: None,
        lambda: press(page, "r"),
        lambda: press(page, "2"),
        lambda: press(page, "k"),
        lambda: page.locator("#focus-cover").click(),
        lambda: page.keyboard.press("?"),
    ]
    for step, state in enumerate(states):
        state()
        page.wait_for_timeout(150)
        assert page.evaluate(FITS), step
        assert faults(page) == [], step
    if width == DESKTOP:
        page.keyboard.press("Escape")
        listed = page.locator(".focus-row").all()
        assert sum(each.bounding_box()["y"] < 800 for each in listed[1:]) >= 4  # type: ignore[index]
