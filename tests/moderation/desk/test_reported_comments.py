"""The list of published comments with too few reports to be held, which are kept or taken down."""

import html

import pytest
from django.test import Client

from comments.models import Comment, Event, Status
from moderation import acts
from moderation.accounts.models import User
from moderation.accounts.roles import Role
from moderation.models import Act, Decision, Report, ReportOutcome
from moderation.policy.verdict import Outcome, Reason
from moderation.reports import for_reporter
from tests.makers import make_comment
from tests.moderation.desk.desks import card_page, decide_one, press, shown_on, signed_in_as
from tests.moderation.reporting import report_it, report_often

pytestmark = pytest.mark.django_db
REPORTED = "/en/admin/reported/"


@pytest.fixture
def marta() -> Client:
    return signed_in_as(Role.MODERATOR, "marta")


@pytest.fixture
def comment() -> Comment:
    reported = make_comment()
    report_it(reported, sentence="Неправда.")
    return reported


def listed(client: Client) -> list[int]:
    return shown_on(client.get(REPORTED).content.decode())


def outcomes() -> set[str]:
    return set(Report.objects.values_list("outcome", flat=True))


def test_it_has_the_published_comments_with_reports_that_nobody_has_decided(
    marta: Client, comment: Comment
) -> None:
    make_comment()
    held = make_comment()
    report_often(held, 3)
    assert held.status == Status.HELD
    assert listed(marta) == [comment.pk]
    page = html.unescape(marta.get(REPORTED).content.decode())
    assert "insult: <q>Неправда.</q>" in page


def test_one_press_keeps_a_comment_and_dismisses_its_reports(
    marta: Client, comment: Comment
) -> None:
    page = html.unescape(decide_one(marta, comment, "keep", REPORTED).content.decode())
    assert "1 comment kept; its reports are dismissed." in page
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, Reason.KEPT)
    assert comment.article.published_count == 1
    assert outcomes() == {ReportOutcome.DISMISSED}
    assert for_reporter(Report.objects.get()).endswith("A moderator has read it and kept it.")
    decision = Decision.objects.latest("pk")
    assert (decision.outcome, decision.reason) == (Outcome.PUBLISH, Reason.KEPT)
    assert decision.by_whom == "marta"
    assert listed(marta) == []


def test_followers_of_the_comment_are_not_told_that_it_is_published_again(
    marta: Client, comment: Comment
) -> None:
    before = Event.objects.count()
    decide_one(marta, comment, "keep", REPORTED)
    assert Event.objects.count() == before


def test_what_is_reported_again_after_that_can_be_kept_again(
    marta: Client, comment: Comment
) -> None:
    for _ in range(2):
        decide_one(marta, comment, "keep", REPORTED)
        comment.refresh_from_db()
        report_it(comment)
    assert listed(marta) == [comment.pk]
    decide_one(marta, comment, "keep", REPORTED)
    assert listed(marta) == []


def test_to_keep_can_be_undone(marta: Client, comment: Comment) -> None:
    decide_one(marta, comment, "keep", REPORTED)
    undone = acts.undo(act=Act.objects.get(), user=User.objects.get(username="marta"))
    assert undone.done == [comment.pk]
    comment.refresh_from_db()
    assert (comment.status, comment.reason) == (Status.PUBLISHED, Reason.CLEAN)
    assert outcomes() == {ReportOutcome.OPEN}
    assert listed(marta) == [comment.pk]


@pytest.mark.parametrize(
    ("verdict", "status", "outcome"),
    [
        ("toxicity", Status.REJECTED, ReportOutcome.UPHELD),
        ("return", Status.HELD, ReportOutcome.OPEN),
    ],
)
def test_it_can_be_rejected_or_held_as_well(
    marta: Client, comment: Comment, verdict: str, status: Status, outcome: str
) -> None:
    decide_one(marta, comment, verdict, REPORTED)
    comment.refresh_from_db()
    assert comment.status == status
    assert outcomes() == {outcome}
    assert listed(marta) == []


def test_several_are_kept_at_once(marta: Client, comment: Comment) -> None:
    other = make_comment()
    report_it(other)
    page = html.unescape(press(marta, REPORTED, "keep", comment, other))
    assert "2 comments kept; their reports are dismissed." in page
    assert outcomes() == {ReportOutcome.DISMISSED}


def test_a_comment_that_is_not_published_cannot_be_kept(marta: Client) -> None:
    held = make_comment(status=Status.HELD)
    decide_one(marta, held, "keep")
    held.refresh_from_db()
    # From the queue it is published, as by any moderator.
    assert held.status == Status.PUBLISHED
    assert 'value="keep"' not in marta.get(card_page(held)).content.decode()


@pytest.mark.parametrize("role", Role)
def test_auditors_see_the_list_and_decide_nothing(role: Role, comment: Comment) -> None:
    client = signed_in_as(role)
    page = client.get(REPORTED).content.decode()
    assert shown_on(page) == [comment.pk]
    assert ('value="keep"' in page) is (role is not Role.AUDITOR)
    decide_one(client, comment, "keep", REPORTED)
    assert outcomes() == {"open" if role is Role.AUDITOR else "dismissed"}


def test_the_first_page_says_how_many_there_are(marta: Client) -> None:
    assert "Reported, still published" not in marta.get("/en/admin/").content.decode()
    report_it(make_comment())
    page = marta.get("/en/admin/").content.decode()
    assert "Reported, still published" in page
    assert f'<a href="{REPORTED}">1</a>' in page
