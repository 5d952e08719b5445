"""Undo at the queue: in place, after a reload, and after a question if it was long ago."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Status
from moderation.accounts.roles import Role
from moderation.models import Act
from tests.makers import make_comment, set_policy
from tests.moderation.desk.desks import decision, signed_in_as
from tests.moderation.desk.test_focus_page import FOCUS, body, in_focus

pytestmark = pytest.mark.django_db
UNDO = f"{FOCUS}undo/"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def ten_minutes(settings: Any) -> None:
    settings.UNDO_MINUTES = 10


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "marta")


@pytest.fixture
def held() -> Comment:
    return make_comment(status=Status.HELD, author_name="Оксана")


def status(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.status


def reject(client: Client, comment: Comment) -> Act:
    client.post(f"{FOCUS}decide/", decision(comment, "spam"))
    return Act.objects.latest("pk")


def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now() + dt.timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: later)


def test_an_undone_decision_puts_the_comment_back(marta: Client, held: Comment) -> None:
    act = reject(marta, held)
    answer = marta.post(UNDO, {"act": act.pk}, headers=JSON)
    assert answer.json() == {
        "done": [held.pk],
        "left": "1",
        "last": None,
        "sentence": "Undone: 1 comment waits again.",
    }
    assert status(held) == Status.HELD


def test_the_last_act_is_offered_after_a_reload(marta: Client, held: Comment) -> None:
    assert 'class="focus-undo" method="post" action="/en/admin/queue/undo/" hidden' in body(marta)
    act = reject(marta, held)
    page = body(marta)
    assert f'name="act" value="{act.pk}"' in page
    assert f"{held} Оксана: rejected (spam), now" in page


def test_without_a_script_the_comment_is_in_focus_again(marta: Client, held: Comment) -> None:
    act = reject(marta, held)
    answer = marta.post(f"{UNDO}?reason=toxicity", {"act": act.pk}, follow=True)
    assert answer.redirect_chain[0][0] == f"{FOCUS}?reason=toxicity&comment={held.pk}"
    page = answer.content.decode()
    assert in_focus(page) == held.pk
    assert "1 comment waits again" in page


def test_the_act_before_is_offered_next(marta: Client, held: Comment) -> None:
    first, other = reject(marta, held), make_comment(status=Status.HELD)
    act = reject(marta, other)
    answer = marta.post(UNDO, {"act": act.pk}, headers=JSON).json()
    assert answer["last"]["act"] == first.pk


def test_an_act_of_long_ago_is_undone_after_a_question(
    marta: Client, held: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = reject(marta, held)
    an_hour_later(monkeypatch)
    asked = marta.post(UNDO, {"act": act.pk}, headers=JSON).json()
    assert asked["ask"].endswith(". Undo it all the same?")
    page = marta.post(UNDO, {"act": act.pk}).content.decode()
    assert 'name="sure" value="1"' in page
    assert status(held) == Status.REJECTED
    marta.post(UNDO, {"act": act.pk, "sure": "1"})
    assert status(held) == Status.HELD


def test_a_second_undo_changes_nothing(marta: Client, held: Comment) -> None:
    act = reject(marta, held)
    marta.post(UNDO, {"act": act.pk}, headers=JSON)
    held.refresh_from_db()
    marta.post(f"{FOCUS}decide/", decision(held, "publish"))
    answer = marta.post(UNDO, {"act": act.pk}, headers=JSON)
    assert answer.status_code == 409
    assert answer.json()["sentence"] == "This has been undone already."
    assert status(held) == Status.PUBLISHED


@pytest.mark.parametrize("kind", ["decision", "policy", "article"])
def test_an_undo_is_not_undone(marta: Client, held: Comment, kind: str) -> None:
    larysa = signed_in_as(Role.LEAD, "larysa")
    if kind == "decision":
        reject(larysa, held)
    elif kind == "policy":
        data = {"max_links": 7, "trusted_after": 0, "banned_words": ""}
        address = f"/en/admin/moderation/sitepolicy/{set_policy().pk}/change/"
        larysa.post(address, data)
    else:
        larysa.post(f"/en/admin/articles/{held.article_id}/hold/", {"hours": 1})
    larysa.post(UNDO, {"act": Act.objects.get(kind=kind).pk}, headers=JSON)
    undoing = Act.objects.exclude(undoes=None).get()
    assert larysa.post(UNDO, {"act": undoing.pk}, headers=JSON).status_code == 403
    assert Act.objects.latest("pk") == undoing


def test_what_a_colleague_decided_since_stays(marta: Client, held: Comment) -> None:
    act = reject(marta, held)
    held.refresh_from_db()
    signed_in_as(Role.LEAD, "larysa").post(f"{FOCUS}decide/", decision(held, "publish"))
    answer = marta.post(UNDO, {"act": act.pk}, headers=JSON).json()
    assert answer["done"] == []
    assert "1 comment stays as it is" in answer["sentence"]
    assert status(held) == Status.PUBLISHED


@pytest.mark.parametrize("role", Role)
def test_only_a_lead_undoes_what_others_did(marta: Client, held: Comment, role: Role) -> None:
    act = reject(marta, held)
    answer = signed_in_as(role).post(UNDO, {"act": act.pk}, headers=JSON)
    assert answer.status_code == (200 if role is Role.LEAD else 403)
    assert status(held) == (Status.HELD if role is Role.LEAD else Status.REJECTED)


def test_an_unknown_act_is_not_found(marta: Client) -> None:
    assert marta.post(UNDO, {"act": 999}).status_code == 404
    assert marta.post(UNDO, {"act": "x"}, headers=JSON).status_code == 400
