"""Every rejection that nobody has reviewed is listed at the desk, with a sample to check."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from comments.models import Comment, Status
from moderation import erasure
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


def test_the_page_lists_comments_rejected_by_the_service_latest_first(marta: Client) -> None:
    first, second = (make_comment(status=Status.REJECTED) for _ in range(2))
    for status in (Status.HELD, Status.PUBLISHED, Status.PENDING):
        make_comment(status=status)
    by_person = make_comment(status=Status.HELD)
    press(marta, QUEUE, "spam", by_person)
    assert shown(marta, REJECTED) == [second.pk, first.pk]
    assert REJECTED in marta.get("/en/admin/").content.decode()


def test_erased_comments_and_probes_are_not_listed(marta: Client) -> None:
    erasure.erase(comment=make_comment(status=Status.HELD), remove=False)
    decide(make_comment(status=Status.HELD), Outcome.REJECT, Reason.PROBE, SYSTEM)
    assert shown(marta, REJECTED) == []
    said = "Everything that the service rejected has been reviewed by a person."
    assert said in marta.get(REJECTED).content.decode()


@pytest.mark.parametrize("status", [Status.HELD, Status.REJECTED])
def test_comments_without_a_text_are_not_listed(marta: Client, status: Status) -> None:
    assert erasure.expire(comment=make_comment(status=status))
    assert (shown(marta, REJECTED), rejected.sample()) == ([], [])


def test_publishing_takes_one_click_and_removes_it_from_the_page(marta: Client) -> None:
    comment, other = (make_comment(status=Status.REJECTED) for _ in range(2))
    page = press(marta, REJECTED, "publish", comment)
    assert "1 comment published." in page
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, Reason.REVIEWED)
    assert shown(marta, REJECTED) == [other.pk]


def test_changing_the_reason_takes_one_click_and_removes_it_from_the_page(marta: Client) -> None:
    comment = make_comment(status=Status.REJECTED)
    press(marta, REJECTED, "hate", comment)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.REJECTED, Reason.HATE)
    assert shown(marta, REJECTED) == []
    assert shown(marta, ALL) == [comment.pk]


def test_the_queue_says_how_many_there_are_and_links_to_them(marta: Client) -> None:
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


def test_a_sample_stays_the_same_during_its_review(marta: Client) -> None:
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


def test_a_sample_is_from_the_last_day_and_without_any_the_list_is_shown(marta: Client) -> None:
    comment = make_comment(status=Status.REJECTED)
    long_ago = timezone.now() - dt.timedelta(days=2)
    Comment.objects.filter(pk=comment.pk).update(created_at=long_ago)
    assert rejected.sample() == []
    assert marta.get(f"{REJECTED}sample/")["Location"] == REJECTED
    assert shown(marta, REJECTED) == [comment.pk]


@pytest.mark.parametrize("role", Role)
def test_users_who_see_comments_see_these_and_read_only_users_have_no_buttons(role: Role) -> None:
    make_comment(status=Status.REJECTED)
    page = signed_in_as(role).get(REJECTED)
    assert page.status_code == 200
    assert ('name="decision"' in page.content.decode()) is (role is not Role.AUDITOR)
