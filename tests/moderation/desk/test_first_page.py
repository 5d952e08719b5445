"""The desk's first page: the queue, one's own day, one's latest acts with links."""

import re

import pytest
from django.test import Client

from comments.models import Status
from moderation.accounts.models import User
from moderation.accounts.roles import Role
from moderation.acts import undo
from moderation.models import Act, ActKind
from tests.makers import make_comment
from tests.moderation.desk.desks import LOG, QUEUE, press, signed_in_as, signed_in_with

pytestmark = pytest.mark.django_db
FIRST = "/en/admin/"


@pytest.fixture
def olena() -> Client:
    return signed_in_as(Role.MODERATOR, "olena")


def words(client: Client) -> str:
    page = client.get(FIRST).content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", page.partition('id="content"')[2]).split())


def test_it_shows_how_much_is_waiting_and_what_one_has_done_today(olena: Client) -> None:
    first, _second = make_comment(status=Status.HELD), make_comment(status=Status.HELD)
    assert "Waiting now 2 the oldest for" in words(olena)
    assert "Your decisions today 0" in words(olena)
    press(olena, QUEUE, "publish", first)
    assert "Waiting now 1" in words(olena)
    assert "Your decisions today 1" in words(olena)
    assert "Your decisions today 0" in words(signed_in_as(Role.MODERATOR, "petro"))


def test_acts_lead_to_the_comment_or_to_all_decisions_of_the_act(olena: Client) -> None:
    one, *more = (make_comment(status=Status.HELD) for _ in range(4))
    press(olena, QUEUE, "publish", one)
    press(olena, QUEUE, "spam", *more)
    page = olena.get(FIRST).content.decode()
    bulk = Act.objects.order_by("-pk")[0]
    assert f'<a href="/en/admin/comments/{one.pk}/">Published</a>' in page
    assert f'<a href="{LOG}?act={bulk.pk}">Rejected: spam</a> <span>3 comments</span>' in page
    log = olena.get(f"{LOG}?act={bulk.pk}").content.decode()
    assert {int(pk) for pk in re.findall(r">#(\d+)<", log)} == {each.pk for each in more}
    assert "What you did last Nothing yet." in words(signed_in_as(Role.MODERATOR, "petro"))


def test_an_undone_act_says_so(olena: Client) -> None:
    comment = make_comment(status=Status.HELD)
    press(olena, QUEUE, "publish", comment)
    undo(act=Act.objects.get(), user=User.objects.get(username="olena"))
    assert ", undone" in words(olena)
    assert "Your decisions today 1" in words(olena)


def test_an_act_without_decisions_is_named(olena: Client) -> None:
    user = User.objects.get(username="olena")
    Act.objects.create(kind=ActKind.POLICY, user=user)
    Act.objects.create(kind=ActKind.ARTICLE, user=user)
    page = olena.get(FIRST).content.decode()
    assert '<a href="/en/admin/moderation/sitepolicy/">Site policy</a>' in page
    assert "Article" in words(olena)


def test_who_sees_no_queue_sees_no_numbers_of_it() -> None:
    page = words(signed_in_with("view_privacyentry"))
    assert "Waiting now" not in page
    assert "Your decisions" not in page
    assert "Your decisions" not in words(signed_in_as(Role.AUDITOR))
