"""Every act of a moderator can be undone, and the author is told of a rejection only after that."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import F
from django.utils.translation import override

from comments.models import Comment, Status
from moderation import acts, erasure
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.labels import for_author
from moderation.models import Act, Decision
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.services import Reviewed, review_all
from moderation.transitions import Seen
from tests.makers import make_comment

pytestmark = pytest.mark.django_db

REJECT = Verdict(Outcome.REJECT, Reason.SPAM)
PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)
RETURN = Verdict(Outcome.HOLD, Reason.RETURNED)


@pytest.fixture
def marta() -> User:
    return make_member("marta", Role.MODERATOR)[0]


@pytest.fixture
def ivan() -> User:
    return make_member("ivan", Role.MODERATOR)[0]


def review(user: User, verdict: Verdict, *comments: Comment) -> Reviewed:
    for comment in comments:
        comment.refresh_from_db()
    seen = {comment.pk: Seen.of(comment) for comment in comments}
    return review_all(moderator=user, verdict=verdict, seen=seen)


def act_of(reviewed: Reviewed) -> Act:
    assert reviewed.act
    return reviewed.act


def told(comment: Comment) -> str:
    with override("en"):
        return for_author(comment)


def now(comment: Comment) -> tuple[str, str]:
    comment.refresh_from_db()
    return comment.status, comment.reason


@pytest.mark.parametrize(
    ("before", "verdict"),
    [
        (Status.HELD, PUBLISH),
        (Status.HELD, REJECT),
        (Status.PUBLISHED, REJECT),
        (Status.PUBLISHED, RETURN),
        (Status.REJECTED, PUBLISH),
        (Status.REJECTED, RETURN),
        (Status.REJECTED, Verdict(Outcome.REJECT, Reason.HATE)),
    ],
)
def test_undoing_a_decision_gives_back_the_status_and_the_reason(
    marta: User, before: Status, verdict: Verdict
) -> None:
    comment = make_comment(status=before)
    first = now(comment)
    reviewed = review(marta, verdict, comment)
    assert now(comment) != first
    undone = acts.undo(act=act_of(reviewed), user=marta)
    assert (undone.done, undone.changed) == ([comment.pk], [])
    assert now(comment) == first
    latest = Decision.objects.filter(comment=comment).first()
    assert latest
    assert (latest.user, latest.act) == (marta, undone.act)


def test_a_decision_on_many_comments_is_undone_as_one(marta: User) -> None:
    comments = [make_comment(status=Status.HELD) for _ in range(3)]
    reviewed = review(marta, REJECT, *comments)
    acts.undo(act=act_of(reviewed), user=marta)
    assert {now(comment) for comment in comments} == {(Status.HELD, Reason.TOXICITY)}


def test_what_a_colleague_has_decided_since_is_left_alone(marta: User, ivan: User) -> None:
    comment, other = make_comment(status=Status.HELD), make_comment(status=Status.HELD)
    reviewed = review(marta, REJECT, comment, other)
    review(ivan, PUBLISH, comment)
    undone = acts.undo(act=act_of(reviewed), user=marta)
    assert (undone.done, undone.changed) == ([other.pk], [comment.pk])
    assert now(comment) == (Status.PUBLISHED, Reason.REVIEWED)


def test_what_was_erased_since_is_left_out_of_the_queue(marta: User) -> None:
    erased, other = make_comment(status=Status.HELD), make_comment(status=Status.HELD)
    reviewed = review(marta, REJECT, erased, other)
    erasure.erase(comment=erased, remove=False)
    undone = acts.undo(act=act_of(reviewed), user=marta)
    assert (undone.done, undone.changed) == ([other.pk], [erased.pk])
    assert (now(erased)[0], now(other)[0]) == (Status.REJECTED, Status.HELD)


def test_an_undo_of_what_was_all_erased_since_is_none(marta: User) -> None:
    comment = make_comment(status=Status.HELD)
    reviewed = review(marta, REJECT, comment)
    erasure.erase(comment=comment, remove=False)
    undone = acts.undo(act=act_of(reviewed), user=marta)
    assert (undone.act, undone.changed) == (None, [comment.pk])
    assert now(comment)[0] == Status.REJECTED


def test_an_act_is_undone_once(marta: User) -> None:
    comment = make_comment(status=Status.HELD)
    act = act_of(review(marta, REJECT, comment))
    acts.undo(act=act, user=marta)
    review(marta, PUBLISH, comment)
    assert acts.undo(act=act, user=marta).act is None
    assert now(comment) == (Status.PUBLISHED, Reason.REVIEWED)


def test_a_decision_that_changed_nothing_is_no_act(marta: User) -> None:
    comment = make_comment(status=Status.HELD)
    stale = {comment.pk: Seen(Status.HELD, comment.version + 1)}
    assert review_all(moderator=marta, verdict=REJECT, seen=stale).act is None
    assert not Act.objects.exists()


def test_only_leads_undo_what_others_did(marta: User, ivan: User) -> None:
    act = act_of(review(marta, REJECT, make_comment(status=Status.HELD)))
    olha, _ = make_member("olha", Role.LEAD)
    assert [acts.may_undo(user, act) for user in (marta, ivan, olha)] == [True, False, True]


def test_the_author_is_told_of_a_rejection_when_it_can_no_longer_be_undone(
    settings: Any, marta: User
) -> None:
    settings.UNDO_MINUTES = 10
    comment = make_comment(status=Status.HELD)
    review(marta, REJECT, comment)
    assert now(comment) == (Status.REJECTED, Reason.SPAM)
    assert (comment.status_for_author, comment.reason_for_author) == (Status.HELD, "")
    assert "A moderator will read" in told(comment)
    Comment.objects.update(announced_at=F("announced_at") - dt.timedelta(minutes=10))
    assert now(comment) == (Status.REJECTED, Reason.SPAM)
    assert (comment.status_for_author, comment.reason_for_author) == ("rejected", "spam")
    assert "advertising" in told(comment)


def test_an_undone_rejection_is_never_told(settings: Any, marta: User) -> None:
    settings.UNDO_MINUTES = 10
    comment = make_comment(status=Status.HELD)
    acts.undo(act=act_of(review(marta, REJECT, comment)), user=marta)
    comment.refresh_from_db()
    assert comment.announced_at is None
    assert "may offend" in told(comment)
