"""A cache in front of the site is told at once which addresses changed."""

from typing import Any

import pytest

from comments.models import Site, Status
from moderation.accounts.roles import make_member
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.privacy import erase_person
from moderation.services import review_all
from moderation.transitions import Seen
from tests.makers import decide, make_article, make_comment
from tests.moderation.delivery.receiver import Receiver, deliver, make_endpoint

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _public(settings: Any, receiver: Receiver) -> None:
    settings.PUBLIC_URL = "https://comments.example.org"
    make_endpoint(receiver.url, "purge")


def purged(receiver: Receiver) -> list[list[str]]:
    return [body["data"]["urls"] for body in receiver.bodies]


def test_a_published_comment_purges_the_list_and_the_pages_of_its_article(
    receiver: Receiver,
) -> None:
    make_comment(make_article(key="mist", url="https://www.example.org/mist"))
    deliver()
    assert purged(receiver) == [
        [
            "https://comments.example.org/api/v1/articles/mist/comments/",
            "https://www.example.org/mist",
            "https://comments.example.org/uk/articles/mist/",
            "https://comments.example.org/en/articles/mist/",
        ]
    ]


def test_the_addresses_of_another_site_have_its_key(receiver: Receiver) -> None:
    second = Site.objects.create(key="second", name="Друга")
    make_endpoint(receiver.url, "purge", site=second)
    make_comment(make_article(key="mist", site=second))
    deliver()
    (urls,) = purged(receiver)
    assert urls[0] == "https://comments.example.org/api/v1/sites/second/articles/mist/comments/"


def test_what_readers_never_saw_purges_nothing(receiver: Receiver) -> None:
    make_comment(status=Status.PENDING)
    make_comment(status=Status.HELD)
    make_comment(status=Status.REJECTED)
    deliver()
    assert receiver.requests == []


def test_many_comments_at_once_are_one_message(receiver: Receiver) -> None:
    articles = [make_article(), make_article()]
    for article in articles * 5:
        make_comment(article)
    deliver()
    (urls,) = purged(receiver)
    assert len(urls) == len(set(urls)) == 2 * 3


def test_a_comment_that_a_moderator_takes_down_is_purged_before_the_undo_has_expired(
    receiver: Receiver, settings: Any
) -> None:
    settings.UNDO_MINUTES = 10
    make_endpoint(receiver.url, "comment.rejected")
    comment = make_comment()
    deliver()
    review_all(
        moderator=make_member("olha")[0],
        verdict=Verdict(Outcome.REJECT, Reason.HATE),
        seen={comment.pk: Seen.of(comment)},
    )
    deliver()
    assert receiver.kinds == ["purge", "purge"]
    assert receiver.bodies[1]["data"].keys() == {"site", "urls"}


def test_an_erased_comment_that_keeps_its_place_is_purged(receiver: Receiver) -> None:
    comment = make_comment(author_email="olena@example.org")
    make_comment(comment.article, parent=comment)
    deliver()
    erase_person(email="olena@example.org", operator="root", remove=True)
    deliver()
    assert len(receiver.requests) == 2


def test_a_comment_that_readers_hide_is_purged(receiver: Receiver) -> None:
    comment = make_comment()
    deliver()
    decide(comment, Outcome.HOLD, Reason.REPORTED)
    deliver()
    assert len(receiver.requests) == 2
