"""Checks are counted by day; a text is kept only if its key says so, and only so long."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import checks
from comments.checks import Findings, TextFacts
from comments.identity import author_key
from comments.models import CheckDay, CheckedText, Label
from comments.protocols.keys import require_check_key
from moderation.privacy import erase_person, export_person
from moderation.retention import drop_texts

pytestmark = pytest.mark.django_db
CheckKey = Callable[..., str]


def facts(text: str = "Слово", email: str = "olena@example.org") -> TextFacts:
    return TextFacts(text=text, author_name="Олена", author_key=author_key(email, "main"))


def test_checks_are_counted_by_day_in_one_statement(check_key: CheckKey) -> None:
    key = require_check_key(check_key())
    checks.count_check(key, spam=True)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        checks.count_check(key, spam=False)
    assert len(queries) == 1
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    CheckDay.objects.create(site_key=key, day=yesterday, checks=5, spam=3)
    today = checks.usage(key, since=timezone.localdate())
    assert (today.checks, today.spam) == (2, 1)
    assert today.last_at is not None
    both = checks.usage(key, since=yesterday)
    assert (both.checks, both.spam) == (7, 4)
    assert checks.usage(key, since=yesterday, until=yesterday).checks == 5


def test_nothing_of_a_text_is_kept_by_default_and_a_label_without_it(check_key: CheckKey) -> None:
    key = require_check_key(check_key())
    checks.keep(key, facts(), Findings(outcome="publish"))
    assert not CheckedText.objects.exists()
    checks.label(key, facts(), Label.SPAM)
    kept = CheckedText.objects.get()
    assert (kept.text, kept.author_name, kept.author_key, kept.label) == ("", "", "", "spam")


def test_a_kept_text_gets_its_label_and_goes_with_its_day(check_key: CheckKey) -> None:
    key = require_check_key(check_key(text_kept_days=7))
    checks.keep(key, facts(), Findings(outcome="publish", scores={"spam": 0.1}))
    assert checks.label(key, facts(), Label.SPAM)
    kept = CheckedText.objects.get()
    assert (kept.text, kept.label, kept.scores) == ("Слово", "spam", {"spam": 0.1})
    CheckedText.objects.update(delete_after=timezone.now() + dt.timedelta(hours=1))
    drop_texts()
    assert CheckedText.objects.exists()
    CheckedText.objects.update(delete_after=timezone.now() - dt.timedelta(hours=1))
    drop_texts()
    assert not CheckedText.objects.exists()


def test_all_that_expired_is_deleted_in_batches(
    check_key: CheckKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_BATCH", 2)
    key = require_check_key(check_key(text_kept_days=7))
    for number in range(6):
        checks.keep(key, facts(f"Слово {number}"), Findings())
    over = CheckedText.objects.exclude(text="Слово 5")
    over.update(delete_after=timezone.now() - dt.timedelta(hours=1))
    assert checks.drop_expired() == 5
    assert [each.text for each in CheckedText.objects.all()] == ["Слово 5"]


def test_a_repeated_label_counts_once_and_a_changed_one_again(check_key: CheckKey) -> None:
    key = require_check_key(check_key())
    said = [checks.label(key, facts(), each) for each in (Label.SPAM, Label.SPAM, Label.HAM)]
    assert said == [True, False, True]
    used = checks.usage(key, since=timezone.localdate())
    assert (used.missed, used.false_alarms) == (1, 1)


def test_a_person_is_shown_their_kept_texts_and_can_have_them_erased(check_key: CheckKey) -> None:
    key = require_check_key(check_key(text_kept_days=7))
    for email in ("olena@example.org", "andrii@example.org"):
        checks.keep(key, facts(f"Від {email[:5]}", email), Findings(outcome="hold"))
    shown = export_person(email="Olena@example.org", operator="op")["checked_texts"]
    assert [each["text"] for each in shown] == ["Від olena"]
    erase_person(email="olena@example.org", operator="op", remove=True)
    assert [each.text for each in CheckedText.objects.all()] == ["Від andri"]
