"""Nobody outside is told of a moderator's decision before its undo has expired."""

from typing import Any

import pytest

from comments.models import Comment, Status
from moderation import acts
from moderation.accounts.models import User
from moderation.accounts.roles import make_member
from moderation.actors import READERS
from moderation.delivery.models import Message, MessageState
from moderation.policy.verdict import Outcome, Reason, Verdict
from tests.makers import decide, make_comment
from tests.moderation.delivery.receiver import Receiver, deliver, make_endpoint, minutes_pass
from tests.moderation.delivery.reviewing import review

pytestmark = pytest.mark.django_db

PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)
REJECT = Verdict(Outcome.REJECT, Reason.HATE)
TOLD = ("comment.published", "comment.held", "comment.rejected")


@pytest.fixture(autouse=True)
def _ten_minutes(settings: Any) -> None:
    settings.UNDO_MINUTES = 10


@pytest.fixture
def olha(db: None) -> User:
    return make_member("olha")[0]


@pytest.fixture
def held(receiver: Receiver) -> Comment:
    make_endpoint(receiver.url, *TOLD)
    comment = make_comment(status=Status.HELD)
    deliver()
    assert receiver.kinds == ["comment.held"]
    receiver.requests = []
    return comment


@pytest.mark.parametrize("verdict", [PUBLISH, REJECT])
def test_a_moderators_decision_is_told_when_its_undo_has_expired(
    receiver: Receiver, held: Comment, olha: User, verdict: Verdict
) -> None:
    review(olha, held, verdict)
    deliver()
    minutes_pass(10)
    deliver()
    assert receiver.requests == []
    minutes_pass(1.1)
    deliver()
    deliver()
    assert len(receiver.requests) == 1
    assert receiver.bodies[0]["data"]["comment"]["by"] == "person"


def test_a_decision_that_was_undone_in_time_is_never_told(
    receiver: Receiver, held: Comment, olha: User
) -> None:
    act = review(olha, held, REJECT)
    deliver()
    minutes_pass(9)
    acts.undo(act=act, user=olha)
    deliver()
    minutes_pass(60)
    deliver()
    assert receiver.requests == []
    assert Message.objects.filter(state=MessageState.SKIPPED).count() == 2


def test_a_decision_that_was_undone_too_late_is_told_and_so_is_the_undo(
    receiver: Receiver, held: Comment, olha: User
) -> None:
    act = review(olha, held, REJECT)
    minutes_pass(12)
    deliver()
    acts.undo(act=act, user=olha)
    minutes_pass(12)
    deliver()
    assert receiver.kinds == ["comment.rejected", "comment.held"]


def test_of_two_decisions_in_a_row_the_last_is_told(
    receiver: Receiver, held: Comment, olha: User
) -> None:
    review(olha, held, PUBLISH)
    minutes_pass(5)
    review(olha, held, REJECT)
    minutes_pass(7)
    deliver()
    assert receiver.requests == []
    minutes_pass(5)
    deliver()
    assert receiver.kinds == ["comment.rejected"]


def test_what_is_published_again_by_an_undo_in_time_is_told_if_it_never_was(
    receiver: Receiver, held: Comment, olha: User
) -> None:
    review(olha, held, PUBLISH)
    minutes_pass(5)
    rejected = review(olha, held, REJECT)
    minutes_pass(2)
    acts.undo(act=rejected, user=olha)
    minutes_pass(12)
    deliver()
    assert receiver.kinds == ["comment.published"]


def test_a_published_comment_that_is_rejected_for_a_moment_is_told_of_once(
    receiver: Receiver, olha: User
) -> None:
    make_endpoint(receiver.url, *TOLD)
    comment = make_comment()
    deliver()
    act = review(olha, comment, REJECT)
    deliver()
    acts.undo(act=act, user=olha)
    minutes_pass(12)
    deliver()
    assert receiver.kinds == ["comment.published"]


def test_what_readers_or_the_policy_decide_is_told_at_once(
    receiver: Receiver, held: Comment, olha: User
) -> None:
    review(olha, held, PUBLISH)
    minutes_pass(5)
    decide(held, Outcome.HOLD, Reason.REPORTED, READERS)
    deliver()
    minutes_pass(12)
    deliver()
    assert receiver.kinds == ["comment.held"]


def test_a_late_message_does_not_say_published_while_a_rejection_can_be_undone(
    receiver: Receiver, olha: User
) -> None:
    make_endpoint(receiver.url, *TOLD)
    receiver.status = 500
    comment = make_comment()
    deliver()
    receiver.status, receiver.requests = 204, []
    act = review(olha, comment, REJECT)
    minutes_pass(2)
    deliver()
    assert receiver.requests == []
    acts.undo(act=act, user=olha)
    minutes_pass(12)
    deliver()
    assert receiver.kinds == ["comment.published"]
    waiting = Message.objects.filter(state=MessageState.WAITING)
    assert not waiting.exists()


def test_a_longer_time_to_undo_delays_what_already_waits(
    receiver: Receiver, held: Comment, olha: User, settings: Any
) -> None:
    review(olha, held, REJECT)
    deliver()
    settings.UNDO_MINUTES = 30
    minutes_pass(12)
    deliver()
    assert receiver.requests == []
    minutes_pass(20)
    deliver()
    assert receiver.kinds == ["comment.rejected"]
