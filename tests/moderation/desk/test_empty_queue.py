"""The queue says that it is empty only if it is."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from comments.models import Status
from moderation.accounts.roles import Role
from moderation.desk.lists import Queue
from moderation.models import Membership
from moderation.policy.verdict import Outcome, Reason
from tests.makers import decide, make_comment
from tests.moderation.desk.desks import ALL, QUEUE, shown_on, signed_in_as

pytestmark = pytest.mark.django_db
EMPTY = "The queue is empty"
NO_MATCH = "Nothing that matches is waiting for a decision."


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR)


def page(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_a_decided_campaign_is_not_reported_as_an_empty_queue(marta: Client) -> None:
    settled, waiting = (make_comment(status=Status.HELD) for _ in range(2))
    Membership.objects.create(comment=settled, campaign=settled.pk)
    decide(settled, Outcome.REJECT, Reason.SPAM)
    shown = page(marta, f"{QUEUE}?campaign={settled.pk}")
    assert EMPTY not in shown
    assert NO_MATCH in shown
    assert f'<a href="{QUEUE}">The whole queue: 1 comment</a>' in shown
    assert waiting.text in strip_tags(page(marta, QUEUE))


@pytest.mark.parametrize(
    "asked",
    [
        "author=0",
        "reason=spam",
        "q=немає",
        "section=Спорт",
        "reason=links",
    ],
)
def test_if_the_filter_finds_nothing_other_held_comments_are_mentioned(
    marta: Client, asked: str
) -> None:
    for _ in range(2):
        make_comment(status=Status.HELD)
    shown = page(marta, f"{QUEUE}?{asked}")
    assert EMPTY not in shown
    assert "The whole queue: 2 comments" in shown


def test_an_empty_queue_is_reported_with_any_filter(marta: Client) -> None:
    make_comment(status=Status.PUBLISHED)
    assert EMPTY in page(marta, QUEUE)
    assert EMPTY in page(marta, f"{QUEUE}?reason=spam")
    assert EMPTY not in page(marta, f"{ALL}?status=held")


def test_deciding_the_whole_last_page_keeps_the_filters(
    marta: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Queue, "paginate_by", 2)
    for _ in range(3):
        make_comment(status=Status.HELD)
    shown = marta.get(f"{QUEUE}?reason=toxicity&page=7")
    assert shown.status_code == 200
    assert len(shown_on(shown.content.decode())) == 1
    assert "page 2 of 2" in shown.content.decode()
