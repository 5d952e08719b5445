"""A moderator's decision is the outcome of the reports, until it is undone."""

import datetime as dt
from typing import Any

import pytest
from django.db.models import F
from django.utils.translation import override

from comments.models import Comment, Status
from moderation import acts
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.models import Report
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.reports import for_reporter
from moderation.services import Reviewed, review_all
from moderation.transitions import Seen
from tests.makers import decide, make_comment
from tests.moderation.reporting import report_it, report_often

pytestmark = pytest.mark.django_db

REJECT = Verdict(Outcome.REJECT, Reason.TOXICITY)
PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)
RETURN = Verdict(Outcome.HOLD, Reason.RETURNED)


@pytest.fixture
def marta() -> User:
    return make_member("marta", Role.MODERATOR)[0]


def review(user: User, verdict: Verdict, *comments: Comment) -> Reviewed:
    for comment in comments:
        comment.refresh_from_db()
    seen = {comment.pk: Seen.of(comment) for comment in comments}
    return review_all(moderator=user, verdict=verdict, seen=seen)


def undo(user: User, reviewed: Reviewed) -> None:
    assert reviewed.act
    acts.undo(act=reviewed.act, user=user)


def outcomes(comment: Comment) -> list[str]:
    return list(comment.reports.values_list("outcome", flat=True))


def told(report: Report) -> str:
    with override("en"):
        return for_reporter(Report.objects.get(pk=report.pk))


@pytest.mark.parametrize(("verdict", "outcome"), [(PUBLISH, "dismissed"), (REJECT, "upheld")])
def test_the_decision_on_a_held_comment_settles_its_reports_and_an_undo_opens_them(
    marta: User, verdict: Verdict, outcome: str
) -> None:
    comment, other = make_comment(), make_comment()
    report_often(comment, 3)
    report_it(other)
    assert outcomes(comment) == ["open"] * 3
    reviewed = review(marta, verdict, comment)
    assert outcomes(comment) == [outcome] * 3
    assert outcomes(other) == ["open"]
    undo(marta, reviewed)
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.HELD, Reason.REPORTED)
    assert outcomes(comment) == ["open"] * 3


def test_one_decision_on_many_settles_the_reports_of_each(marta: User) -> None:
    comments = [make_comment() for _ in range(3)]
    for comment in comments:
        report_it(comment)
    reviewed = review(marta, REJECT, *comments)
    assert [outcomes(each) for each in comments] == [["upheld"]] * 3
    undo(marta, reviewed)
    assert [outcomes(each) for each in comments] == [["open"]] * 3


def test_a_later_decision_counts_and_its_undo_gives_back_the_earlier_one(marta: User) -> None:
    comment = make_comment()
    report_often(comment, 3)
    review(marta, PUBLISH, comment)
    reviewed = review(marta, REJECT, comment)
    assert outcomes(comment) == ["upheld"] * 3
    undo(marta, reviewed)
    assert outcomes(comment) == ["dismissed"] * 3


def test_a_decision_does_not_settle_a_report_that_comes_after_it(marta: User) -> None:
    comment = make_comment(status=Status.HELD)
    review(marta, PUBLISH, comment)
    comment.refresh_from_db()
    report_it(comment)
    other = make_comment()
    report_it(other)
    review(marta, REJECT, other)
    assert outcomes(comment) == ["open"]


def test_returning_a_comment_to_the_queue_opens_its_reports(marta: User) -> None:
    comment = make_comment()
    report_often(comment, 3)
    review(marta, PUBLISH, comment)
    review(marta, RETURN, comment)
    assert outcomes(comment) == ["open"] * 3


def test_the_policy_settles_no_reports() -> None:
    comment = make_comment()
    report_it(comment)
    decide(comment, Outcome.REJECT, Reason.SPAM)
    assert outcomes(comment) == ["open"]


def test_the_reporter_is_told_what_became_of_the_report(marta: User) -> None:
    comment = make_comment()
    report = report_it(comment)
    assert "No moderator has decided" in told(report)
    report_often(comment, 2)
    assert "until a moderator has decided" in told(report)
    review(marta, PUBLISH, comment)
    assert "kept it" in told(report)
    review(marta, REJECT, comment)
    assert "removed it" in told(report)


def test_the_reporter_is_told_of_a_rejection_when_it_can_no_longer_be_undone(
    settings: Any, marta: User
) -> None:
    settings.UNDO_MINUTES = 10
    comment = make_comment()
    report = report_it(comment)
    review(marta, REJECT, comment)
    assert "until a moderator has decided" in told(report)
    assert Report.objects.get().outcome_for_reporter == "open"
    Comment.objects.update(announced_at=F("announced_at") - dt.timedelta(minutes=10))
    assert "removed it" in told(report)
    assert Report.objects.get().outcome_for_reporter == "upheld"
