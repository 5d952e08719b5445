"""A bulk decision is applied in batches, as one act, and leaves out what a person must look at."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from comments.models import Comment, Status
from moderation import bulk, claims, notes
from moderation.accounts.models import User
from moderation.accounts.roles import make_member
from moderation.acts import undo
from moderation.models import Act, BulkDecision, BulkState, Fate, ReportOutcome, ReportReason
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.reports import Complaint, report
from moderation.tasks import sweep
from moderation.transitions import Seen
from tests.makers import decide, make_article, make_comment

pytestmark = pytest.mark.django_db
SPAM = Verdict(Outcome.REJECT, Reason.SPAM)


@pytest.fixture
def marta() -> User:
    return make_member("marta")[0]


@pytest.fixture
def ivan() -> User:
    return make_member("ivan")[0]


def held(count: int) -> list[Comment]:
    article = make_article()
    return [make_comment(article, Status.HELD) for _ in range(count)]


def prepared(user: User, comments: list[Comment], verdict: Verdict = SPAM) -> BulkDecision:
    seen = {each.pk: Seen.of(each) for each in comments}
    return bulk.prepare(bulk.Choice(user=user, verdict=verdict, seen=seen))


def started(user: User, comments: list[Comment], seconds: float = 60) -> BulkDecision:
    found = prepared(user, comments)
    bulk.start(bulk=found)
    bulk.carry_on(bulk=found, seconds=seconds)
    return found


def statuses() -> list[str]:
    return list(Comment.objects.order_by("pk").values_list("status", flat=True))


def test_nothing_is_decided_before_it_is_started(marta: User) -> None:
    found = prepared(marta, held(2))
    bulk.carry_on(bulk=found)
    assert statuses() == [Status.HELD] * 2
    assert not Act.objects.exists()


def test_numbers_of_no_comment_are_left_out(marta: User) -> None:
    (known,) = held(1)
    pk, seen = known.pk, Seen.of(known)
    choice = bulk.Choice(
        user=marta,
        verdict=SPAM,
        seen={pk: seen, pk + 1: seen, pk + 2: seen},
        separate={pk + 3: seen},
    )
    assert [each.comment for each in bulk.prepare(choice).items.all()] == [known]


def test_several_batches_are_one_act_and_undone_as_one(
    marta: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    found = started(marta, held(5))
    assert found.state == BulkState.FINISHED
    assert statuses() == [Status.REJECTED] * 5
    act = Act.objects.get()
    assert act == found.act
    assert act.decisions.count() == 5
    assert len(undo(act=act, user=marta).done) == 5
    assert statuses() == [Status.HELD] * 5


def test_it_goes_on_where_it_was_interrupted(marta: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    found = started(marta, held(5), seconds=0)
    assert (found.state, bulk.counts(found)[Fate.DONE]) == (BulkState.RUNNING, 2)
    bulk.carry_on(bulk=found)
    assert statuses() == [Status.REJECTED] * 5
    assert Act.objects.count() == 1


def test_it_can_be_stopped_and_started_again(marta: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    found = started(marta, held(4), seconds=0)
    bulk.stop(bulk=found)
    bulk.carry_on(bulk=found)
    assert statuses().count(Status.REJECTED) == 2
    bulk.start(bulk=found)
    bulk.carry_on(bulk=found)
    assert statuses() == [Status.REJECTED] * 4


def test_an_undo_while_it_runs_stops_it(marta: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    found = started(marta, held(4), seconds=0)
    assert found.act
    undo(act=found.act, user=marta)
    bulk.carry_on(bulk=found)
    assert found.state == BulkState.STOPPED
    assert statuses() == [Status.HELD] * 4
    bulk.start(bulk=found)
    bulk.carry_on(bulk=found)
    assert statuses() == [Status.HELD] * 4
    assert bulk.unfinished(marta) == []


def test_the_sweep_finishes_what_a_closed_page_left(
    marta: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 1)
    found = started(marta, held(3), seconds=0)
    sweep()
    assert statuses().count(Status.REJECTED) == 1
    long_ago = timezone.now() - dt.timedelta(minutes=1)
    BulkDecision.objects.update(moved_at=long_ago)
    sweep()
    found.refresh_from_db()
    assert found.state == BulkState.FINISHED
    assert statuses() == [Status.REJECTED] * 3


def test_what_a_colleague_reads_or_was_asked_about_or_decided_is_left_out(
    marta: User, ivan: User
) -> None:
    free, claimed, asked, decided, edited = comments = held(5)
    found = prepared(marta, comments)
    claims.claim(comment=claimed, user=ivan)
    notes.ask(comment=asked, text="Це спам?", by=ivan, addressee=None)
    decide(decided, Outcome.PUBLISH, Reason.REVIEWED)
    Comment.objects.filter(pk=edited.pk).update(version=edited.version + 1)
    assert [move.comment for move in bulk.sort_out(found, found.items.all()).moves] == [free]
    bulk.start(bulk=found)
    bulk.carry_on(bulk=found)
    fates = dict(found.items.values_list("comment", "fate"))
    assert fates == {
        free.pk: Fate.DONE,
        claimed.pk: Fate.CLAIMED,
        asked.pk: Fate.ASKED,
        decided.pk: Fate.CHANGED,
        edited.pk: Fate.CHANGED,
    }
    assert statuses() == ["rejected", "held", "held", "published", "held"]


def test_a_moderators_own_claim_leaves_nothing_out(marta: User) -> None:
    (comment,) = held(1)
    claims.claim(comment=comment, user=marta)
    started(marta, [comment])
    assert statuses() == [Status.REJECTED]


def test_if_nothing_can_be_decided_there_is_no_act(marta: User, ivan: User) -> None:
    (comment,) = held(1)
    claims.claim(comment=comment, user=ivan)
    assert started(marta, [comment]).state == BulkState.FINISHED
    assert not Act.objects.exists()


def test_reports_are_settled_with_each_batch(marta: User) -> None:
    comment = make_comment()
    complaint = Complaint(reporter_key="a", network_key="b", reason=ReportReason.SPAM)
    report(comment=comment, complaint=complaint)
    comment.refresh_from_db()
    started(marta, [comment])
    assert comment.reports.get().outcome == ReportOutcome.UPHELD


def test_the_lists_of_comments_are_deleted_but_the_decisions_stay(marta: User) -> None:
    ended, running = started(marta, held(1)), started(marta, held(3), seconds=0)
    BulkDecision.objects.filter(pk=running.pk).update(state=BulkState.RUNNING)
    BulkDecision.objects.update(moved_at=timezone.now() - dt.timedelta(days=3))
    bulk.drop_old()
    assert [each.pk for each in BulkDecision.objects.all()] == [running.pk]
    assert ended.act
    assert ended.act.decisions.count() == 1


def test_no_more_are_taken_than_one_bulk_decision_may_have(
    marta: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MAX_ITEMS", 2)
    found = prepared(marta, held(3))
    assert (found.items.count(), found.matched) == (2, 3)


def test_a_colleague_who_left_comments_out_can_take_them_in_again(marta: User) -> None:
    first, second = comments = held(2)
    found = prepared(marta, comments)
    bulk.leave_out(bulk=found, comments=[first.pk, second.pk])
    bulk.leave_out(bulk=found, comments=[second.pk], out=False)
    bulk.start(bulk=found)
    bulk.leave_out(bulk=found, comments=[second.pk])
    bulk.carry_on(bulk=found)
    assert statuses() == [Status.HELD, Status.REJECTED]


def test_a_batch_takes_a_constant_number_of_queries(
    marta: User, django_assert_max_num_queries: Any
) -> None:
    found = prepared(marta, held(30))
    bulk.start(bulk=found)
    with django_assert_max_num_queries(60):
        bulk.carry_on(bulk=found)
    assert statuses() == [Status.REJECTED] * 30


def test_a_moderator_who_may_no_longer_decide_decides_nothing_more(
    marta: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    found = started(marta, held(5), seconds=0)
    marta.is_active = False
    marta.save()
    bulk.carry_on(bulk=BulkDecision.objects.get(pk=found.pk))
    assert statuses().count(Status.HELD) == 3
    assert BulkDecision.objects.get().state == BulkState.STOPPED
