"""Every rejection that no person saw is found at the desk, and a few are offered for a look."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Status
from moderation import transitions
from moderation.accounts.roles import Role
from moderation.actors import SYSTEM
from moderation.desk import rejected
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_article, make_comment
from tests.moderation.desk.desks import ALL, QUEUE, REJECTED, press, shown_on, signed_in_as

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "marta")


def shown(client: Client, address: str) -> list[int]:
    return shown_on(client.get(address, follow=True).content.decode())


def test_the_tab_has_what_the_service_rejected_the_latest_first(marta: Client) -> None:
    first, second = (make_comment(status=Status.REJECTED) for _ in range(2))
    for status in (Status.HELD, Status.PUBLISHED, Status.PENDING):
        make_comment(status=status)
    by_person = make_comment(status=Status.HELD)
    press(marta, QUEUE, "spam", by_person)
    assert shown(marta, REJECTED) == [second.pk, first.pk]
    assert REJECTED in marta.get("/en/admin/").content.decode()


def test_what_was_erased_or_was_a_check_is_no_error_to_look_for(marta: Client) -> None:
    transitions.erase(comment=make_comment(status=Status.HELD), remove=False)
    decide(make_comment(status=Status.HELD), Outcome.REJECT, Reason.PROBE, SYSTEM)
    assert shown(marta, REJECTED) == []
    said = "Everything that the service rejected has been reviewed by a person."
    assert said in marta.get(REJECTED).content.decode()


@pytest.mark.parametrize("status", [Status.HELD, Status.REJECTED])
def test_what_has_lost_its_text_is_not_offered_for_a_look(marta: Client, status: Status) -> None:
    assert transitions.expire(comment=make_comment(status=status))
    assert (shown(marta, REJECTED), rejected.sample()) == ([], [])


def test_a_press_publishes_it_and_it_leaves_the_tab(marta: Client) -> None:
    comment, other = (make_comment(status=Status.REJECTED) for _ in range(2))
    page = press(marta, REJECTED, "publish", comment)
    assert "1 comment published." in page
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, Reason.REVIEWED)
    assert shown(marta, REJECTED) == [other.pk]


def test_a_press_gives_it_another_reason_and_it_leaves_the_tab(marta: Client) -> None:
    comment = make_comment(status=Status.REJECTED)
    press(marta, REJECTED, "hate", comment)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.REJECTED, Reason.HATE)
    assert shown(marta, REJECTED) == []
    assert shown(marta, ALL) == [comment.pk]


def test_the_queue_says_how_many_there_are_and_offers_them(marta: Client) -> None:
    assert "rejected by the service" not in body(marta, QUEUE)
    make_comment(status=Status.REJECTED)
    assert "1 comment was rejected by the service in the last 24 hours" in body(marta, QUEUE)
    assert f'<a href="{REJECTED}">Review what was rejected</a>' in body(marta, QUEUE)
    article = make_article()
    for _ in range(11):
        make_comment(article, status=Status.REJECTED)
    assert "12 comments were rejected by the service" in body(marta, QUEUE)
    assert f'<a href="{REJECTED}sample/">Review 10 of them</a>' in body(marta, QUEUE)


def body(client: Client, address: str) -> str:
    return client.get(address).content.decode().partition('id="content"')[2]


def test_a_sample_stays_the_same_while_it_is_gone_through(marta: Client) -> None:
    article = make_article()
    known = {make_comment(article, status=Status.REJECTED).pk for _ in range(14)}
    answer = marta.get(f"{REJECTED}sample/")
    drawn = shown(marta, answer["Location"])
    assert len(drawn) == 10
    assert set(drawn) < known
    assert shown(marta, answer["Location"]) == drawn
    seen = Comment.objects.get(pk=drawn[0])
    press(marta, answer["Location"], "publish", seen)
    assert shown(marta, answer["Location"]) == drawn[1:]


def test_a_sample_is_of_the_last_day_and_of_none_there_is_the_list(marta: Client) -> None:
    comment = make_comment(status=Status.REJECTED)
    long_ago = timezone.now() - dt.timedelta(days=2)
    Comment.objects.filter(pk=comment.pk).update(created_at=long_ago)
    assert rejected.sample() == []
    assert marta.get(f"{REJECTED}sample/")["Location"] == REJECTED
    assert shown(marta, REJECTED) == [comment.pk]


@pytest.mark.parametrize("role", Role)
def test_who_sees_comments_sees_these_and_who_only_reads_presses_nothing(role: Role) -> None:
    make_comment(status=Status.REJECTED)
    page = signed_in_as(role).get(REJECTED)
    assert page.status_code == 200
    assert ('name="decision"' in page.content.decode()) is (role is not Role.AUDITOR)
