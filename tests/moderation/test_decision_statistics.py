"""The figures of a period: known decisions give known numbers."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.models import Comment
from moderation import decision_statistics as statistics
from moderation.accounts.models import User
from moderation.accounts.roles import make_member
from moderation.actors import ActorKind
from moderation.decision_statistics import Period, Waits
from moderation.desk import figures
from moderation.models import Act, ActKind, Decision
from moderation.models.hours import beginning, hour_of
from moderation.policy.verdict import Outcome, Reason
from tests.makers import make_article
from tests.moderation.decided import decided, submitted

pytestmark = pytest.mark.django_db
PUBLISH, HOLD, REJECT = Outcome.PUBLISH, Outcome.HOLD, Outcome.REJECT
# In Kyiv two hours later, and no change of the clocks near it.
NOW = dt.datetime(2026, 2, 10, 13, 30, tzinfo=dt.UTC)
HOUR, MINUTE, SECOND = dt.timedelta(hours=1), dt.timedelta(minutes=1), dt.timedelta(seconds=1)


def period(days: int = 1) -> Period:
    return Period(days, timezone.localtime(NOW))


@pytest.fixture
def olena() -> User:
    return make_member("olena")[0]


@pytest.fixture
def petro() -> User:
    return make_member("petro")[0]


def held(at: dt.datetime, reason: Reason = Reason.TOXICITY, seconds: int = 2) -> Comment:
    comment = submitted(at)
    decided(comment, HOLD, reason, at + seconds * SECOND)
    return comment


def test_a_period_begins_at_a_midnight_of_the_sites_time_zone() -> None:
    assert period().start == dt.datetime(2026, 2, 9, 22, tzinfo=dt.UTC)
    assert period(7).start == dt.datetime(2026, 2, 3, 22, tzinfo=dt.UTC)
    assert len(period().hours) == 16
    assert beginning(period().hours[-1]) == NOW - 30 * MINUTE


def test_a_decision_stores_its_hour() -> None:
    decided(submitted(NOW), PUBLISH, Reason.CLEAN, NOW)
    assert Decision.objects.get().hour == hour_of(NOW)


def test_new_comments_are_counted_by_their_first_decision(olena: User) -> None:
    for _ in range(3):
        decided(submitted(NOW - HOUR), PUBLISH, Reason.CLEAN, NOW - HOUR)
    decided(submitted(NOW - HOUR), REJECT, Reason.SPAM, NOW - HOUR)
    comment = held(NOW - HOUR)
    decided(comment, PUBLISH, Reason.REVIEWED, NOW, user=olena)
    decided(submitted(NOW - 20 * HOUR), PUBLISH, Reason.CLEAN, NOW - 20 * HOUR)
    firsts = figures.Firsts.of(statistics.cells(period()))
    assert (firsts.published, firsts.held, firsts.rejected) == (3, 1, 1)
    assert firsts.by_service == 0.8
    assert figures.Firsts.of(statistics.cells(period(7))).all == 6


def test_the_service_is_timed_from_submission_and_a_person_from_the_hold(olena: User) -> None:
    for seconds in (1, 2, 3, 40):
        at = NOW - 3 * HOUR
        decided(submitted(at), PUBLISH, Reason.CLEAN, at + seconds * SECOND)
    assert statistics.service_waits(period(), 4) == Waits(2, 40, 4, 4)
    # Reported long after it was published: it has waited for ten minutes only.
    old = submitted(NOW - 9 * HOUR)
    decided(old, PUBLISH, Reason.CLEAN, NOW - 9 * HOUR)
    decided(old, HOLD, Reason.REPORTED, NOW - 20 * MINUTE, kind=ActorKind.READERS)
    decided(old, REJECT, Reason.TOXICITY, NOW - 10 * MINUTE, user=olena)
    assert statistics.person_waits(period(), 1) == Waits(600, 600, 1, 1)
    assert statistics.person_waits(period(), 0, make_member("petro")[0]) == Waits()


def test_of_very_many_decisions_every_nth_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "MEASURED", 5)
    for _ in range(20):
        decided(submitted(NOW - HOUR), PUBLISH, Reason.CLEAN, NOW - HOUR + 7 * SECOND)
    assert statistics.service_waits(period(), 20) == Waits(7, 7, 5, 20)


def test_the_queues_length_is_counted_back_from_now(olena: User) -> None:
    first, second = held(NOW - 5 * HOUR), held(NOW - 4 * HOUR)
    decided(first, PUBLISH, Reason.REVIEWED, NOW - 2 * HOUR, user=olena)
    now = statistics.queue_now()
    assert (now.waiting, now.oldest) == (1, second.created_at)
    lengths = figures.queue_lengths(period(), statistics.cells(period()), now.waiting)
    assert [lengths[hour] for hour in period().hours[-7:]] == [0, 1, 2, 2, 1, 1, 1]
    ages = figures.oldest_ages(period(), statistics.oldest_left(period()), now)
    # The first was submitted in the middle of an hour; the present hour ends now.
    assert [ages[hour] for hour in period().hours[-7:]] == [0, 0.5, 1.5, 2.5, 2.5, 3.5, 4]


def test_what_was_undone_or_decided_otherwise_counts_for_whom_it_corrects(
    olena: User, petro: User
) -> None:
    undone, overturned, kept = held(NOW - 6 * HOUR), held(NOW - 6 * HOUR), held(NOW - 6 * HOUR)
    act = Act.objects.create(kind=ActKind.DECISION, user=olena)
    for comment in (undone, overturned, kept):
        decided(comment, REJECT, Reason.SPAM, NOW - 5 * HOUR, user=olena, act=act)
    undoing = Act.objects.create(kind=ActKind.DECISION, user=olena, undoes=act)
    decided(undone, HOLD, Reason.TOXICITY, NOW - 4 * HOUR, user=olena, act=undoing)
    decided(overturned, PUBLISH, Reason.REVIEWED, NOW - 3 * HOUR, user=petro)
    # Another reason for the same outcome changes nothing.
    decided(kept, REJECT, Reason.TOXICITY, NOW - 3 * HOUR, user=petro)
    cells, changes = statistics.cells(period()), statistics.changes(period())
    by_user = {each.user: each for each in figures.work(period(), cells, changes)}
    own = by_user[olena.pk]
    assert (own.decisions, own.published, own.undone, own.overturned) == (3, 0, 1, 1)
    # At 8:30 in UTC, which is 10:30 in Kyiv.
    assert own.by_hour[10] == 3
    assert (by_user[petro.pk].decisions, by_user[petro.pk].published) == (1, 1)
    assert [row.undoes for row in statistics.changes(period(), petro)] == [None]


def test_an_undo_that_publishes_again_is_no_decision(olena: User) -> None:
    comment = submitted(NOW - 3 * HOUR)
    decided(comment, PUBLISH, Reason.CLEAN, NOW - 3 * HOUR)
    act = Act.objects.create(kind=ActKind.DECISION, user=olena)
    decided(comment, REJECT, Reason.SPAM, NOW - 2 * HOUR, user=olena, act=act)
    undoing = Act.objects.create(kind=ActKind.DECISION, user=olena, undoes=act)
    decided(comment, PUBLISH, Reason.CLEAN, NOW - HOUR, user=olena, act=undoing)
    cells, changes = statistics.cells(period()), statistics.changes(period())
    (own,) = figures.work(period(), cells, changes)
    assert (own.decisions, own.published, own.undone) == (1, 0, 1)
    # The service had published it, and a person has taken it down.
    assert figures.changed_service(changes) == {REJECT: 1}


def test_each_rule_shows_how_much_of_what_it_held_people_published(olena: User) -> None:
    for number in range(20):
        comment = held(NOW - 2 * HOUR, Reason.LINKS)
        verdict = PUBLISH if number < 15 else REJECT
        decided(comment, verdict, Reason.REVIEWED, NOW - HOUR, user=olena)
    held(NOW - HOUR, Reason.LINKS)
    decided(held(NOW - 2 * HOUR), REJECT, Reason.TOXICITY, NOW - HOUR, user=olena)
    # Nobody judged what was erased.
    erased = held(NOW - 2 * HOUR)
    decided(erased, REJECT, Reason.ERASED, NOW - HOUR, kind=ActorKind.SYSTEM)
    links, insult = figures.held_by_reason(statistics.holds(period()))
    assert (links.all, links.published, links.rejected, links.waiting) == (21, 15, 5, 1)
    assert links.overturned == 0.75
    assert links.is_strict
    assert (insult.all, insult.overturned, insult.is_strict) == (1, 0, False)


def test_reasons_are_counted_by_who_gave_them(olena: User) -> None:
    decided(submitted(NOW - HOUR), REJECT, Reason.SPAM, NOW - HOUR)
    decided(held(NOW - HOUR, Reason.SPAM), REJECT, Reason.SPAM, NOW, user=olena)
    held(NOW - HOUR)
    erased = held(NOW - HOUR)
    decided(erased, REJECT, Reason.ERASED, NOW, kind=ActorKind.SYSTEM)
    spam, insult = figures.reasons(statistics.cells(period()))
    assert (spam.held, spam.rejected, spam.rejected_by_people) == (1, 1, 1)
    assert (insult.held, insult.rejected, insult.rejected_by_people) == (2, 0, 0)


def test_articles_are_counted_by_new_comments_and_by_held_ones() -> None:
    busy, hot, old = make_article(), make_article(), make_article()
    for number in range(3):
        decided(submitted(NOW - HOUR, busy), PUBLISH, Reason.CLEAN, NOW - HOUR)
        long_ago = NOW - (number + 40) * HOUR
        decided(submitted(long_ago, old), PUBLISH, Reason.CLEAN, long_ago)
    for _ in range(2):
        decided(submitted(NOW - HOUR, hot), HOLD, Reason.SPAM, NOW - HOUR)
    comments = statistics.comments_by_article(period())
    assert comments == {busy.pk: 3, hot.pk: 2}
    assert statistics.busiest(comments) == [busy.pk, hot.pk]
    on_hot = figures.held_by_article(statistics.holds(period()))
    assert on_hot == {hot.pk: figures.HeldOnArticle(held=2, waiting=2)}


def test_own_decisions_of_today_are_counted_without_undoing(olena: User, petro: User) -> None:
    act = Act.objects.create(kind=ActKind.DECISION, user=olena)
    undoing = Act.objects.create(kind=ActKind.DECISION, user=olena, undoes=act)
    comment = held(NOW - 2 * HOUR)
    decided(comment, REJECT, Reason.SPAM, NOW - HOUR, user=olena, act=act)
    decided(comment, HOLD, Reason.TOXICITY, NOW - HOUR, user=olena, act=undoing)
    decided(held(NOW - 50 * HOUR), REJECT, Reason.SPAM, NOW - 49 * HOUR, user=olena)
    assert statistics.decided_since(period().start, olena) == 1
    assert statistics.decided_since(period().start, petro) == 0


def test_the_number_of_queries_does_not_depend_on_the_number_of_decisions(olena: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as made:
            cells = statistics.cells(period())
            statistics.changes(period())
            statistics.holds(period())
            statistics.oldest_left(period())
            statistics.service_waits(period(), len(cells))
            statistics.person_waits(period(), len(cells))
        return len(made)

    before = queries()
    for _ in range(5):
        decided(held(NOW - HOUR), REJECT, Reason.SPAM, NOW, user=olena)
    assert queries() == before == 6
