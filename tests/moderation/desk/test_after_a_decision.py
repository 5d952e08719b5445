"""Which card is shown after a decision, and the link back to decided comments."""

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation.models import BulkDecision
from tests.makers import make_comment
from tests.moderation.desk.desks import (
    ALL,
    MODERATOR_PERMISSIONS,
    QUEUE,
    card_page,
    decide_one,
    decisions,
    on_card,
    send,
    shown_on,
    signed_in_with,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    """A moderator."""
    return signed_in_with(*MODERATOR_PERMISSIONS)


def anchor_after(client: Client, comment: Comment, page: str = QUEUE) -> str:
    """Return which card is shown after publishing a comment with its card's button."""
    data = {**on_card(client, page, comment), "decision": "publish"}
    return client.post(page, data)["Location"].partition("#")[2]


def test_after_a_decision_the_next_card_is_shown(marta: Client) -> None:
    first, second, third = (make_comment(status=Status.HELD) for _ in range(3))
    assert anchor_after(marta, second) == third.anchor
    assert anchor_after(marta, third) == first.anchor
    assert anchor_after(marta, first) == ""


def test_after_a_bulk_decision_the_card_after_the_last_is_shown(marta: Client) -> None:
    first, second, third = cards = [make_comment(status=Status.HELD) for _ in range(3)]
    preview = marta.post(QUEUE, decisions("spam", cards, chosen=(first, second)))["Location"]
    answer = marta.post(preview, {"step": "start"})
    assert answer["Location"] == f"{QUEUE}#{third.anchor}"


def test_in_the_list_of_all_comments_the_decided_card_stays_in_view(marta: Client) -> None:
    _, second = (make_comment(status=Status.REJECTED) for _ in range(2))
    assert anchor_after(marta, second, ALL) == second.anchor
    assert anchor_after(marta, second, card_page(second)) == second.anchor


def test_a_decision_that_is_sent_after_the_session_ended_is_not_made_and_that_is_said(
    marta: Client,
) -> None:
    comment = make_comment(status=Status.HELD)
    sent = {**on_card(marta, QUEUE, comment), "decision": "publish"}
    marta.logout()
    page = marta.post(QUEUE, sent, follow=True).content.decode()
    assert "what you sent was not done" in page
    assert Comment.objects.get().status == Status.HELD
    assert "was not done" not in marta.get("/en/admin/login/").content.decode()


def test_the_message_links_to_the_comment_so_a_mistake_can_be_corrected(marta: Client) -> None:
    first, second, third = cards = [make_comment(status=Status.HELD) for _ in range(3)]
    page = decide_one(marta, first, "publish").content.decode()
    assert f'href="{card_page(first)}">Review again' in page
    page = send(marta, QUEUE, decisions("spam", cards[1:], page="on"))
    bulk = BulkDecision.objects.get()
    assert f'<a href="/en/admin/bulk/{bulk.pk}/">Look through or undo</a>' in page
    again = marta.get(f"{ALL}?ids={second.pk},{third.pk}").content.decode()
    assert second.anchor in again
    assert third.anchor in again
    assert f'id="{first.anchor}"' not in again


@pytest.mark.parametrize("ids", ["abc", "9" * 30, "1,\0"])
def test_a_broken_link_to_comments_shows_an_error(marta: Client, ids: str) -> None:
    make_comment()
    answer = marta.get(ALL, {"ids": ids})
    assert answer.status_code == 200
    assert shown_on(answer.content.decode()) == []


def test_all_comments_on_the_page_can_be_decided_without_selecting_each(marta: Client) -> None:
    cards = [make_comment(status=Status.HELD) for _ in range(2)]
    later = make_comment(status=Status.HELD)
    assert "2 comments rejected." in send(marta, QUEUE, decisions("spam", cards, page="on"))
    later.refresh_from_db()
    assert later.status == Status.HELD


def test_the_page_of_a_comment_leads_on_to_the_queue(marta: Client) -> None:
    comment, queue = make_comment(status=Status.HELD), "/en/admin/queue/"
    page = marta.get(card_page(comment)).content.decode()
    assert f'<a href="{queue}?comment={comment.pk}">Open it in the queue</a>' in page
    after = decide_one(marta, comment, "publish", card_page(comment)).content.decode()
    assert f'<a href="{queue}">To the next comment in the queue</a>' in after
