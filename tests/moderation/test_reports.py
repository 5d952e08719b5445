"""Readers' reports hold a published comment, if there are enough from different people."""

from typing import Any

import pytest

from comments.models import Comment, Event, Status
from moderation.accounts.models import User
from moderation.accounts.roles import Role, make_member
from moderation.actors import ActorKind
from moderation.erasure import erase
from moderation.models import Decision, Report, ReportOutcome
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.privacy import export_person
from moderation.reports import NotReportableError, drop_networks
from moderation.services import review_all
from moderation.transitions import Seen
from tests.makers import make_comment
from tests.moderation.reporting import report_it, report_often

pytestmark = pytest.mark.django_db

REJECT = Verdict(Outcome.REJECT, Reason.TOXICITY)
PUBLISH = Verdict(Outcome.PUBLISH, Reason.REVIEWED)


@pytest.fixture
def marta() -> User:
    return make_member("marta", Role.MODERATOR)[0]


def review(user: User, verdict: Verdict, comment: Comment) -> None:
    comment.refresh_from_db()
    seen = {comment.pk: Seen.of(comment)}
    assert review_all(moderator=user, verdict=verdict, seen=seen).done
    comment.refresh_from_db()


def give_a_record(user: User, reporter: str, verdict: Verdict, times: int) -> None:
    """Let a moderator decide about earlier reports of this reporter."""
    for _ in range(times):
        comment = make_comment()
        report_it(comment, reporter_key=reporter)
        if verdict == PUBLISH:
            review(user, Verdict(Outcome.HOLD, Reason.RETURNED), comment)
        review(user, verdict, comment)


def test_three_reports_hold_a_comment_and_the_readers_are_on_record() -> None:
    comment = make_comment()
    report_often(comment, 2)
    assert comment.status == Status.PUBLISHED
    report_it(comment)
    assert (comment.status, comment.reason) == (Status.HELD, Reason.REPORTED)
    decision = Decision.objects.filter(comment=comment).first()
    assert decision
    assert (decision.actor_kind, decision.user) == (ActorKind.READERS, None)
    event = Event.objects.order_by("pk").last()
    assert event
    assert (event.payload["by"], event.payload["status"]) == ("readers", "held")
    comment.article.refresh_from_db()
    assert comment.article.published_count == 0


@pytest.mark.parametrize(
    ("number", "reports", "held"), [(0, 9, False), (5, 4, False), (5, 5, True)]
)
def test_the_site_sets_how_many_it_takes(
    settings: Any, number: int, reports: int, held: bool
) -> None:
    settings.REPORTS_TO_HOLD = number
    comment = make_comment()
    report_often(comment, reports)
    assert (comment.status == Status.HELD) == held


def test_a_reader_reports_a_comment_once() -> None:
    comment = make_comment()
    first = report_it(comment, reporter_key="olena", sentence="Це про мене.")
    again = [report_it(comment, reporter_key="olena", sentence="Ще раз!") for _ in range(4)]
    assert {each.pk for each in again} == {first.pk}
    assert (Report.objects.get().sentence, comment.status) == ("Це про мене.", Status.PUBLISHED)


@pytest.mark.parametrize("number", [1, 3])
def test_one_network_cannot_take_down_a_comment_alone(settings: Any, number: int) -> None:
    settings.REPORTS_TO_HOLD = number
    comment = make_comment()
    report_often(comment, 9, network_key="one household")
    assert comment.status == Status.PUBLISHED
    report_it(comment)
    assert (comment.status == Status.HELD) == (number == 1)


def test_newcomers_who_report_together_count_less() -> None:
    together, apart = make_comment(), make_comment()
    report_often(together, 8, minutes=0)
    assert together.status == Status.PUBLISHED
    report_it(together, minutes=0)
    assert together.status == Status.HELD
    report_often(apart, 3, minutes=6)
    assert apart.status == Status.HELD


def test_reporters_with_a_good_record_are_no_crowd(marta: User) -> None:
    for reader in ("olena", "petro", "ivan"):
        give_a_record(marta, reader, REJECT, 1)
    comment = make_comment()
    for reader in ("olena", "petro", "ivan"):
        report_it(comment, reporter_key=reader, minutes=0)
    assert comment.status == Status.HELD


def test_a_reporter_who_is_usually_wrong_counts_less(marta: User) -> None:
    give_a_record(marta, "olena", PUBLISH, 2)
    comment = make_comment()
    report_it(comment, reporter_key="olena")
    report_often(comment, 2)
    assert comment.status == Status.PUBLISHED
    report_it(comment)
    assert comment.status == Status.HELD


def test_a_reporter_who_is_right_as_often_as_wrong_counts_in_full(marta: User) -> None:
    give_a_record(marta, "olena", PUBLISH, 2)
    give_a_record(marta, "olena", REJECT, 2)
    comment = make_comment()
    report_it(comment, reporter_key="olena")
    report_often(comment, 2)
    assert comment.status == Status.HELD


def test_what_a_moderator_has_kept_needs_twice_as_many_reports_of_others(marta: User) -> None:
    comment = make_comment()
    report_often(comment, 2)
    report_it(comment, network_key="an angry household")
    review(marta, PUBLISH, comment)
    report_often(comment, 5)
    report_it(comment, network_key="an angry household")
    assert comment.status == Status.PUBLISHED
    report_it(comment)
    assert comment.status == Status.HELD


@pytest.mark.parametrize("status", [Status.PENDING, Status.HELD, Status.REJECTED])
def test_what_readers_do_not_see_cannot_be_reported(status: Status) -> None:
    with pytest.raises(NotReportableError):
        report_it(make_comment(status=status))
    reply = make_comment(parent=make_comment(status=Status.HELD))
    with pytest.raises(NotReportableError):
        report_it(reply)
    assert not Report.objects.exists()


def test_a_report_that_comes_after_the_hold_of_another_is_refused() -> None:
    comment = make_comment()
    stale = Comment.objects.get(pk=comment.pk)
    report_often(comment, 3)
    with pytest.raises(NotReportableError):
        report_it(stale)


def test_an_erasure_erases_the_sentences_of_the_reports() -> None:
    comment = make_comment()
    report_it(comment, sentence="Тут моя адреса: вул. Паркова, 5.")
    erase(comment=comment, remove=False)
    assert Report.objects.get().sentence == ""
    with pytest.raises(NotReportableError):
        report_it(comment)


def test_the_export_of_the_author_has_the_reports_without_the_readers_words() -> None:
    comment = make_comment(author_email="olena@example.org")
    report_it(comment, sentence="Це писала моя сусідка.")
    (exported,) = export_person(email="olena@example.org", operator="root")["comments"]
    (reported,) = exported["reports"]
    assert (reported["reason"], reported["outcome"]) == ("insult", "open")
    assert "сусідка" not in str(exported)


def test_networks_are_deleted_after_the_days_of_addresses(settings: Any) -> None:
    comment, other = make_comment(), make_comment()
    report_often(comment, 2, minutes=60 * 24)
    report_it(other)
    settings.ADDRESS_KEPT_DAYS = 1
    report_it(comment, minutes=60)
    assert drop_networks() == 1
    assert comment.reports.filter(network_key="").count() == 1
    assert comment.status == Status.HELD
    assert other.reports.get().outcome == ReportOutcome.OPEN
