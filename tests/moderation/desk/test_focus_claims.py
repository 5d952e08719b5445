"""Two moderators at the queue: who looks at a comment has it, and the other gets the next one."""

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Status
from moderation.accounts.roles import Role
from moderation.models import Claim
from tests.makers import make_comment
from tests.moderation.desk.desks import decision, signed_in_as
from tests.moderation.desk.test_focus_page import FOCUS, body, in_focus

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "marta")


@pytest.fixture
def ivan() -> Client:
    return signed_in_as(Role.MODERATOR, "ivan")


@pytest.fixture
def held() -> list[Comment]:
    return [make_comment(status=Status.HELD) for _ in range(3)]


def claims() -> dict[int, str]:
    return {each.comment_id: str(each.user) for each in Claim.objects.select_related("user")}


def test_two_who_open_the_queue_get_two_comments(
    marta: Client, ivan: Client, held: list[Comment]
) -> None:
    assert in_focus(body(marta)) == held[0].pk
    page = body(ivan)
    assert in_focus(page) == held[1].pk
    assert claims() == {held[0].pk: "marta", held[1].pk: "ivan"}
    assert "marta is reading" in page
    assert f'name="next" value="{held[2].pk}"' in page


def test_a_lapsed_claim_hides_nothing(marta: Client, ivan: Client, held: list[Comment]) -> None:
    body(marta)
    Claim.objects.update(until=timezone.now())
    assert in_focus(body(ivan)) == held[0].pk


def test_a_comment_fetched_in_advance_is_not_claimed(marta: Client, held: list[Comment]) -> None:
    answer = marta.get(f"{FOCUS}focus/{held[1].pk}/")
    assert answer.status_code == 200
    assert in_focus(answer.content.decode()) == held[1].pk
    assert claims() == {}


def test_moving_on_frees_the_comment_before(marta: Client, held: list[Comment]) -> None:
    for comment in held[:2]:
        answer = marta.post(f"{FOCUS}claim/", {"comment": comment.pk})
        assert answer.json() == {"holder": ""}
    assert claims() == {held[1].pk: "marta"}
    marta.post(f"{FOCUS}claim/", {"comment": ""})
    assert claims() == {}


def test_the_second_is_told_who_has_it(marta: Client, ivan: Client, held: list[Comment]) -> None:
    marta.post(f"{FOCUS}claim/", {"comment": held[0].pk})
    answer = ivan.post(f"{FOCUS}claim/", {"comment": held[0].pk})
    assert answer.json() == {"holder": "marta"}
    page = body(ivan, f"{FOCUS}?comment={held[0].pk}")
    assert "marta is reading this one." in page


def test_a_decided_comment_is_not_claimed(marta: Client, held: list[Comment]) -> None:
    marta.post(FOCUS, decision(held[0], "publish"))
    marta.post(f"{FOCUS}claim/", {"comment": held[0].pk})
    assert held[0].pk not in claims()


def test_an_auditor_reads_without_claiming(held: list[Comment]) -> None:
    auditor = signed_in_as(Role.AUDITOR)
    assert in_focus(body(auditor)) == held[0].pk
    assert auditor.post(f"{FOCUS}claim/", {"comment": held[0].pk}).status_code == 403
    assert claims() == {}


@pytest.mark.parametrize("number", ["x", "999", "-1"])
def test_an_unknown_comment_cannot_be_claimed(marta: Client, number: str) -> None:
    assert marta.post(f"{FOCUS}claim/", {"comment": number}).status_code == 404
