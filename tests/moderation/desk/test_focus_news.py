"""What the open page learns without a reload: new comments, claims, colleagues' decisions."""

from typing import Any

import pytest
from django.test import Client

from comments.models import Comment, Status
from moderation.accounts.roles import Role
from moderation.desk.focus_queue import latest_decision
from tests.makers import edit, make_comment
from tests.moderation.desk.desks import decision, signed_in_as
from tests.moderation.desk.test_focus_page import FOCUS, body, listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "marta")


@pytest.fixture
def held() -> list[Comment]:
    return [make_comment(status=Status.HELD) for _ in range(3)]


def asked(known: list[Comment], since: int, **also: Any) -> dict[str, Any]:
    return {"known": ",".join(str(each.pk) for each in known), "since": since, **also}


def test_new_comments_are_counted_and_listed(marta: Client, held: list[Comment]) -> None:
    since = latest_decision()
    assert f'data-since="{since}"' in body(marta)
    assert marta.get(f"{FOCUS}news/", asked(held, since)).json()["new"] == 0
    new = [make_comment(status=Status.HELD) for _ in range(2)]
    make_comment(status=Status.PUBLISHED)
    news = marta.get(f"{FOCUS}news/", asked(held, since)).json()
    assert (news["new"], news["sentence"], news["left"]) == (2, "2 new", "5")
    assert news["reasons"] == {"toxicity": 5}
    rows = marta.get(f"{FOCUS}rows/", asked(held, since, new=1))
    assert listed(rows.content.decode()) == [each.pk for each in new]
    assert rows["X-Since"] == str(latest_decision())


def test_a_comment_that_a_colleague_decided_is_named(marta: Client, held: list[Comment]) -> None:
    larysa = signed_in_as(Role.LEAD, "larysa")
    larysa.post(f"{FOCUS}decide/", decision(held[0], "spam"))
    larysa.post(f"{FOCUS}decide/", decision(held[1], "publish"))
    larysa.post(f"{FOCUS}claim/", {"comment": held[2].pk})
    news = marta.get(f"{FOCUS}news/", asked(held, 0)).json()
    assert news["decided"] == {
        str(held[0].pk): "larysa: rejected (spam)",
        str(held[1].pk): "larysa: published",
    }
    assert news["claims"] == {str(held[2].pk): "larysa"}


def test_what_its_author_has_changed_is_not_told_as_decided(
    marta: Client, held: list[Comment]
) -> None:
    edit(held[0])
    assert marta.get(f"{FOCUS}news/", asked(held, 0)).json()["decided"] == {}


def test_further_rows_are_those_that_the_page_does_not_have(
    marta: Client, held: list[Comment]
) -> None:
    rows = marta.get(f"{FOCUS}rows/", asked(held[:1], 0)).content.decode()
    assert listed(rows) == [each.pk for each in held[1:]]
    assert listed(marta.get(f"{FOCUS}rows/?reason=links").content.decode()) == []


@pytest.mark.parametrize("page", ["news/", "rows/"])
def test_nonsense_in_the_address_is_ignored(marta: Client, page: str) -> None:
    assert marta.get(f"{FOCUS}{page}?known=x,,9e9&since=soon&new=1").status_code == 200


@pytest.mark.parametrize("page", ["", "news/", "rows/", "list/"])
@pytest.mark.parametrize("role", Role)
def test_every_role_sees_the_queue(role: Role, page: str) -> None:
    assert signed_in_as(role).get(FOCUS + page).status_code == 200


@pytest.mark.parametrize("page", ["decide/", "undo/", "claim/", "go/"])
def test_acts_are_by_post_only(marta: Client, page: str) -> None:
    assert marta.get(FOCUS + page).status_code == 405
