"""A shift: sixty held comments of every kind are settled by keys alone, quickly."""

from collections.abc import Callable
from statistics import median, quantiles

import pytest
from playwright.sync_api import Page, expect

from comments.models import Comment, Status
from moderation.models import Decision, Note
from moderation.policy.verdict import HOLD_REASONS
from tests.browser.shift.conftest import AtQueue
from tests.browser.shift.keyboard import expect_in_focus, in_focus, press, read, said
from tests.browser.shift.sixty import REASON_OF, hold_sixty

pytestmark = pytest.mark.django_db(transaction=True)
# The next comment is shown within this many milliseconds of the key, the answer within a second.
AT_ONCE, SOON = 100, 1000
Pair = tuple[Comment, str]


@pytest.fixture
def held(transactional_db: None) -> list[Pair]:
    return hold_sixty()


def test_sixty_comments_of_every_kind_are_settled_by_keys_alone(
    at_queue: AtQueue, held: list[Pair], record_property: Callable[[str, object], None]
) -> None:
    assert set(_reasons(held)) == set(HOLD_REASONS)
    page = at_queue("marta")
    (first, keys_of_first), *others = held
    assert in_focus(page) == first.pk
    press(page, "s")
    said(page, "Пропущено.")
    # What was skipped comes last.
    keys_a_decision = _settle(page, [*others, (first, keys_of_first)])
    expect(page.locator(".focus-empty")).to_be_focused()
    assert _reasons(held) == [REASON_OF[keys] for _, keys in held]
    assert not Comment.objects.held().exists()
    assert Decision.objects.filter(user__username="marta").count() == len(held)
    assert set(keys_a_decision) == {1, 2}
    shown, answered = page.evaluate("[shown, answered]")
    assert quantiles(shown, n=20)[-1] < AT_ONCE
    assert median(answered) < SOON
    record_property("figure", _figures(keys_a_decision, shown, answered))


def _settle(page: Page, pairs: list[Pair]) -> list[int]:
    """Decide on each by its keys; return how many each took."""
    pressed = []
    for done, (comment, keys) in enumerate(pairs, start=1):
        expect_in_focus(page, comment.pk)
        read(page)
        press(page, *keys)
        pressed.append(len(keys))
        said(page, f"лишилося {len(pairs) - done}.")
    return pressed


def _reasons(held: list[Pair]) -> list[str]:
    reasons = dict(Comment.objects.values_list("pk", "reason"))
    return [reasons[comment.pk] for comment, _keys in held]


def _figures(keys: list[int], shown: list[float], answered: list[float]) -> str:
    publishing, rejecting = keys.count(1), keys.count(2)
    return (
        f"A shift of {len(keys)}: 1 key to publish ({publishing}), 2 to reject with a reason "
        f"({rejecting}); the next comment after {median(shown):.0f} ms (p95 "
        f"{quantiles(shown, n=20)[-1]:.0f}), {median(answered) / 1000:.2f} s a decision (p95 "
        f"{quantiles(answered, n=20)[-1] / 1000:.2f})"
    )


def test_a_note_the_author_a_wrong_key_and_its_undo_on_the_way(
    at_queue: AtQueue, few: list[Comment]
) -> None:
    page = at_queue("marta")
    first, second, third = few[:3]
    press(page, "n")
    expect(page.locator("#focus-note-text")).to_be_focused()
    page.keyboard.type("Пишуть удвох, psu.")
    press(page, "Tab", "Enter")
    said(page, "Нотатку збережено.")
    expect_in_focus(page, first.pk)
    press(page, "o")
    page.wait_for_url("**/admin/authors/**")
    page.go_back()
    expect_in_focus(page, first.pk)
    press(page, "r", "1")
    expect_in_focus(page, second.pk)
    press(page, "u")
    said(page, "знову чекає")
    expect_in_focus(page, first.pk)
    press(page, "p")
    expect_in_focus(page, second.pk)
    press(page, "j")
    expect_in_focus(page, third.pk)
    press(page, "k", "p")
    expect_in_focus(page, third.pk)
    said(page, "лишилося 10")
    statuses = Comment.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == [Status.PUBLISHED] * 2 + [Status.HELD] * 10
    assert Note.objects.get().text == "Пишуть удвох, psu."
    # Rejected, taken back, published, published.
    assert Decision.objects.filter(user__isnull=False).count() == 4
