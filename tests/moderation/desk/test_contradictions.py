"""A decision against a person's earlier one on almost the same text is asked about once."""

import re
from typing import Any

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation.accounts.roles import Role
from tests.makers import make_comment
from tests.moderation.desk.desks import (
    ALL,
    QUEUE,
    card_page,
    decide_one,
    decision,
    decisions,
    signed_in_as,
)

pytestmark = pytest.mark.django_db
FOCUS = "/en/admin/queue/"
DECIDE = f"{FOCUS}decide/"
TEXT = "Мер знову обіцяє відкрити міст навесні, а гроші поділили між своїми."
QUESTION = "Almost the same text was decided otherwise: rejected (insult), olha, now."


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "marta")


@pytest.fixture
def held() -> Comment:
    """Olha has rejected the same text before."""
    earlier = make_comment(status=Status.HELD, text=TEXT)
    decide_one(signed_in_as(Role.MODERATOR, "olha"), earlier, "toxicity")
    return make_comment(status=Status.HELD, text=f"{TEXT}!")


def status(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.status


def page_of(answer: Any) -> str:
    return answer.content.decode()


def test_the_queue_shows_what_was_decided_before_and_asks_with_its_buttons(
    marta: Client, held: Comment
) -> None:
    page = page_of(marta.get(f"{FOCUS}?comment={held.pk}"))
    shown = page.partition('class="desk-precedents"')[2].partition("</section>")[0]
    assert "rejected (insult)</b> · olha" in shown
    assert "almost the same text" in shown
    assert f"#{held.pk - 1}</a>" in shown
    buttons = re.findall(r'<button[^>]*name="decision"[^>]*>', page)
    assert [QUESTION in button for button in buttons if "data-asks" in button] == [True]
    assert 'value="publish"' in next(button for button in buttons if "data-asks" in button)


def test_the_script_is_asked_once_and_the_same_decision_confirms(
    marta: Client, held: Comment
) -> None:
    asked = marta.post(DECIDE, decision(held, "publish")).json()
    assert asked["asks"]
    assert asked["sentence"].startswith(QUESTION)
    assert status(held) == Status.HELD
    assert marta.post(DECIDE, decision(held, "publish", sure="spam")).json()["asks"]
    assert marta.post(DECIDE, decision(held, "publish", sure="publish")).json()["done"]
    assert status(held) == Status.PUBLISHED
    another = make_comment(status=Status.HELD, text=TEXT)
    assert marta.post(DECIDE, decision(another, "publish")).json()["done"]


@pytest.mark.parametrize("verdict", ["toxicity", "spam"])
def test_who_agrees_is_not_asked(marta: Client, held: Comment, verdict: str) -> None:
    assert marta.post(DECIDE, decision(held, verdict)).json()["done"]


def test_another_reason_for_a_rejected_comment_is_not_asked_about(
    marta: Client, held: Comment
) -> None:
    marta.post(DECIDE, decision(held, "publish", sure="publish"))
    earlier = Comment.objects.get(pk=held.pk - 1)
    assert marta.post(DECIDE, decision(earlier, "spam")).json()["done"]


@pytest.mark.parametrize("where", [FOCUS, QUEUE, ALL, "its own page"])
def test_without_a_script_the_page_asks_and_the_same_button_confirms(
    marta: Client, held: Comment, where: str
) -> None:
    address = card_page(held) if where == "its own page" else where
    answer = marta.post(address, decision(held, "publish"), follow=True)
    page = page_of(answer)
    assert QUESTION in page
    assert status(held) == Status.HELD
    (focused,) = re.findall(r"<button[^>]*autofocus[^>]*>", page)
    assert 'value="publish"' in focused
    (sure,) = re.findall(r'name="sure" value="([^"]*)"', page)
    marta.post(address, decision(held, "publish", sure=sure))
    assert status(held) == Status.PUBLISHED


def test_without_a_script_another_decision_is_its_own(marta: Client, held: Comment) -> None:
    marta.post(FOCUS, decision(held, "spam", sure="publish"))
    assert status(held) == Status.REJECTED


def test_the_preview_of_a_decision_on_many_says_what_it_contradicts(
    marta: Client, held: Comment
) -> None:
    other = make_comment(status=Status.HELD, text="Зовсім інше: про погоду.")
    sent = decisions("publish", [held, other], [held, other])
    answer = marta.post(QUEUE, sent, follow=True)
    preview = answer.redirect_chain[-1][0]
    against = page_of(answer).partition('class="many-against"')[2].partition("</section>")[0]
    assert "1 of them has almost the same text as one that was decided otherwise." in against
    assert "rejected (insult)</b>, olha" in against
    assert f'value="{other.pk}"' not in against
    page = page_of(marta.post(preview, {"step": "out", "comment": held.pk}, follow=True))
    assert "many-against" not in page
    marta.post(preview, {"step": "start"})
    assert (status(held), status(other)) == (Status.HELD, Status.PUBLISHED)


def test_what_was_decided_together_is_found_too(marta: Client, held: Comment) -> None:
    other = make_comment(status=Status.HELD, text="Дощитиме до самого вечора.")
    answer = marta.post(QUEUE, decisions("spam", [held, other], [held, other]), follow=True)
    marta.post(answer.redirect_chain[-1][0], {"step": "start"})
    twin = make_comment(status=Status.HELD, text=other.text)
    assert "rejected (spam)" in marta.post(DECIDE, decision(twin, "publish")).json()["sentence"]


def test_one_ticked_card_is_asked_about_in_the_bar(marta: Client, held: Comment) -> None:
    sent = decisions("publish", [held], [held])
    page = page_of(marta.post(QUEUE, sent))
    assert QUESTION in page.partition('id="bulk"')[2].partition("</form>")[0]
    assert page.count(" checked>") == 1
    marta.post(QUEUE, {**sent, "sure": "publish"})
    assert status(held) == Status.PUBLISHED


@pytest.mark.parametrize("address", [FOCUS, QUEUE])
def test_an_unknown_question_in_the_address_asks_nothing(marta: Client, address: str) -> None:
    make_comment(status=Status.HELD)
    for asks in ("publish", "return", "spam", "nonsense", "<b>"):
        assert 'name="sure"' not in page_of(marta.get(f"{address}?asks={asks}"))
