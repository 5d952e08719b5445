"""The sums of days that are over are kept, and stay as right as if they were counted anew."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moderation import tasks
from moderation.accounts.models import User
from moderation.accounts.roles import make_member
from moderation.day_counts import counted, keep_days
from moderation.decision_statistics import Period, Waits
from moderation.desk import figures
from moderation.models import DayCount
from moderation.policy.verdict import Outcome, Reason
from tests.makers import make_article
from tests.moderation.decided import decided, submitted

pytestmark = pytest.mark.django_db
PUBLISH, HOLD, REJECT = Outcome.PUBLISH, Outcome.HOLD, Outcome.REJECT
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
NOW = dt.datetime(2026, 4, 10, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Noon in Kyiv, a fortnight after a day of 23 hours."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def olena() -> User:
    return make_member("olena")[0]


@pytest.fixture
def month(olena: User) -> None:
    """Every third day: a comment published, one rejected by Olena, one that still waits."""
    article = make_article()
    for days in range(0, 33, 3):
        at = NOW - days * DAY - HOUR
        decided(submitted(at, article), PUBLISH, Reason.CLEAN, at + dt.timedelta(seconds=days + 1))
        held = submitted(at)
        decided(held, HOLD, Reason.LINKS, at)
        decided(held, REJECT, Reason.SPAM, at + HOUR / 2, user=olena)
        decided(submitted(at), HOLD, Reason.TOXICITY, at)


def shown(days: int) -> list[object]:
    """What the dashboard makes of the sums of these days."""
    period = Period.last(days)
    found = counted(period)
    return [
        figures.Firsts.of(found.flow),
        figures.queue_lengths(period, found.flow, 11),
        figures.work(period, found.people, found.changes),
        figures.reasons(found.reasons),
        figures.held_by_reason(hold for hold in found.holds if hold.reason),
        figures.held_by_article(hold for hold in found.holds if hold.article),
        found.left,
        dict(found.articles),
        found.service_waits,
        found.person_waits,
    ]


@pytest.mark.usefixtures("month")
@pytest.mark.parametrize("days", [1, 7, 30])
def test_kept_sums_are_those_that_would_be_counted(days: int) -> None:
    before = shown(days)
    assert keep_days() == 29
    assert shown(days) == before


@pytest.mark.usefixtures("month")
def test_what_is_kept_is_not_counted_again() -> None:
    with CaptureQueriesContext(connection) as anew:
        counted(Period.last(30))
    keep_days()
    with CaptureQueriesContext(connection) as kept:
        counted(Period.last(30))
    # One more, for what was decided since.
    assert len(kept) == len(anew) + 1
    assert keep_days() == 0


def test_a_decision_of_today_about_a_comment_held_on_a_kept_day_counts(olena: User) -> None:
    held = submitted(NOW - 5 * DAY)
    decided(held, HOLD, Reason.LINKS, NOW - 5 * DAY)
    keep_days()
    decided(held, PUBLISH, Reason.REVIEWED, NOW - HOUR, user=olena)
    for _ in range(2):
        (links,) = figures.held_by_reason(h for h in counted(Period.last(7)).holds if h.reason)
        assert (links.published, links.waiting) == (1, 0)
        # The day of the comment is counted again, and the others are not.
        assert keep_days() <= 1


def test_a_day_is_kept_a_quarter_of_an_hour_after_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    midnight = Period.last(1).start
    for minutes, kept in ((10, 28), (20, 29)):
        moment = midnight + dt.timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda now=moment: now)
        keep_days()
        assert DayCount.objects.count() == kept


@pytest.mark.usefixtures("month")
def test_another_time_zone_has_other_days() -> None:
    keep_days()
    with timezone.override(dt.timezone(5 * HOUR)):
        elsewhere = shown(7)
    DayCount.objects.all().delete()
    with timezone.override(dt.timezone(5 * HOUR)):
        assert shown(7) == elsewhere


def test_days_that_no_period_has_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks.keep_days()
    monkeypatch.setattr(timezone, "now", lambda: NOW + 10 * DAY)
    tasks.keep_days()
    assert DayCount.objects.count() == 29


def test_a_sample_of_many_decisions_weighs_more_than_one_of_few() -> None:
    assert Waits.of_samples([([1.0], 90), ([5.0, 9.0], 10)]) == Waits(1.0, 5.0, 3, 100)
    assert Waits.of_samples([([], 0)]) == Waits()
