"""The event log: written with each change, and read without gaps."""

import datetime as dt
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import events
from comments.append_only import AppendOnlyError
from comments.models import Event, EventKind, Status
from moderation import erasure, services
from moderation.models import Decision
from moderation.privacy import erase_person
from tests.logs import without_triggers
from tests.makers import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)
postgres_only = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
)


def kinds(cursor: int = 0) -> list[str]:
    return [event.kind for event in events.after(cursor)]


def last() -> int:
    return max(Event.objects.values_list("pk", flat=True), default=0)


def test_a_comment_and_its_decision_are_events_in_this_order() -> None:
    start = last()
    comment = make_comment(status=Status.PENDING)
    services.moderate(comment_id=comment.pk)
    submitted, decided = events.after(start)
    assert (submitted.kind, decided.kind) == (EventKind.SUBMITTED, EventKind.DECIDED)
    assert submitted.comment_number == decided.comment_number == comment.pk
    assert submitted.site_key == decided.site_key == comment.article.site_id
    assert submitted.payload == {"status": "pending", "revision": 1, "by": "author"}
    assert decided.payload == {
        "status": "published",
        "reason": "clean",
        "revision": 1,
        "by": "policy",
        "decision": comment.decisions.get().pk,
    }


def test_a_batch_of_decisions_writes_its_events_in_one_statement() -> None:
    comments = [make_comment(status=Status.PENDING) for _ in range(5)]
    start = last()
    with CaptureQueriesContext(connection) as queries:
        services.moderate_all(comments=comments)
    assert kinds(start) == ["decided"] * 5
    written = [each for each in queries if 'INTO "comments_event"' in each["sql"]]
    assert len(written) == 1


def test_an_erasure_or_expiry_is_an_event_and_so_is_its_change_of_status() -> None:
    seen = make_comment(author_email="olena@example.org")
    old = make_comment(status=Status.HELD)
    start = last()
    erase_person(email="olena@example.org", operator="root", remove=False)
    erasure.expire(comment=old)
    found = [(e.kind, e.comment_number, e.payload["reason"]) for e in events.after(start)]
    assert found == [
        ("erased", seen.pk, "erased"),
        ("erased", old.pk, "expired"),
        ("decided", old.pk, "expired"),
    ]
    assert [e.payload["revision"] for e in events.after(start)] == [2, 2, 2]


def test_no_event_contains_a_text_or_personal_data() -> None:
    start = last()
    make_comment(
        author_email="olena@example.org",
        author_name="Олена Таємна",
        author_url="https://olena.example",
        address="203.0.113.7",
        text="Слова, яких немає в подіях",
    )
    rows = Event.objects.filter(pk__gt=start).values()
    found = json.dumps([{k: str(v) for k, v in row.items()} for row in rows], ensure_ascii=False)
    for secret in ("olena", "Олена", "Слова", "203.0.113"):
        assert secret not in found


def test_a_rolled_back_change_leaves_no_event() -> None:
    start = last()
    with transaction.atomic():
        make_comment()
        transaction.set_rollback(True)
    assert kinds(start) == []


def test_an_event_cannot_be_changed() -> None:
    make_comment()
    with pytest.raises(AppendOnlyError):
        Event.objects.update(kind=EventKind.EDITED)
    with pytest.raises(AppendOnlyError):
        Event.objects.latest("pk").save()


def test_the_stream_can_be_read_in_parts() -> None:
    start = last()
    article = make_article()
    for _ in range(5):
        make_comment(article, Status.PENDING)
    first = events.after(start, limit=3)
    rest = events.after(first[-1].pk, limit=3)
    assert [len(first), len(rest)] == [3, 2]
    assert events.after(rest[-1].pk) == []


def test_old_events_are_deleted_and_the_stream_continues(settings: Any) -> None:
    settings.EVENTS_KEPT_DAYS = 30
    make_comment()
    with without_triggers(), connection.cursor() as cursor:
        old = connection.ops.adapt_datetimefield_value(timezone.now() - dt.timedelta(days=31))
        cursor.execute("UPDATE comments_event SET created_at = %s", [old])
    kept = make_comment(status=Status.PENDING)
    gone = Event.objects.exclude(comment_number=kept.pk).count()
    assert events.drop_old_events() == gone > 0
    assert events.drop_old_events() == 0
    assert Event.objects.get().comment_number == kept.pk
    settings.EVENTS_KEPT_DAYS = 0
    assert events.drop_old_events() == 0


def test_deleted_or_rolled_back_numbers_before_the_cursor_are_no_gap(settings: Any) -> None:
    make_comment(status=Status.PENDING)
    with transaction.atomic():
        make_comment(status=Status.PENDING)
        transaction.set_rollback(True)
    make_comment(status=Status.PENDING)
    first, second = events.after(0)
    assert first.pk < second.pk
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM comments_event WHERE id = %s", [first.pk])
    assert [event.pk for event in events.after(0)] == [second.pk]


@contextmanager
def thread(work: Callable[[], None]) -> Iterator[None]:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    running = threading.Thread(target=run)
    running.start()
    yield
    running.join(30)
    assert not running.is_alive()


@postgres_only
def test_a_lower_number_that_is_committed_later_is_not_missed() -> None:
    article, start = make_article(), last()
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            make_comment(article, Status.PENDING)
            written.set()
            assert may_commit.wait(20)

    with thread(slow):
        assert written.wait(20)
        make_comment(article, Status.PENDING)
        higher = Event.objects.latest("pk")
        # It is committed, and a reader that took it would never return for the lower number.
        began = time.monotonic()
        assert events.after(start) == []
        assert time.monotonic() - began >= events.GAP_TIMEOUT
        may_commit.set()
    found = events.after(start)
    assert [event.pk for event in found][-1] == higher.pk
    assert len(found) == 2


@postgres_only
def test_a_transaction_in_another_database_of_the_server_delays_no_event() -> None:
    article, start = make_article(), last()
    with transaction.atomic():
        # Its numbers are missing permanently.
        make_comment(article, Status.PENDING)
        transaction.set_rollback(True)
    make_comment(article, Status.PENDING)
    elsewhere = {**connection.get_connection_params(), "dbname": "postgres"}
    names = ("host", "port", "user", "password", "dbname")
    with psycopg.connect(**{name: elsewhere[name] for name in names if name in elsewhere}) as other:
        other.execute("SELECT pg_current_xact_id()")
        assert len(events.after(start)) == 1


def test_with_many_writers_a_reader_misses_no_event_and_sees_none_twice() -> None:
    articles = [make_article() for _ in range(4)]
    start, each = last(), 25
    done = threading.Event()
    failures: list[BaseException] = []
    read: list[int] = []

    def write(place: int) -> None:
        try:
            for number in range(each):
                with transaction.atomic():
                    make_comment(articles[place], Status.PENDING)
                    # Some are slow, and some are rolled back.
                    time.sleep(0.002 * (number % 3))
                    transaction.set_rollback(number % 5 == 4)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    def tail() -> None:
        cursor = start
        while not done.is_set() or events.after(cursor):
            for event in events.after(cursor, limit=7):
                assert event.pk > cursor
                cursor = event.pk
                read.append(cursor)

    writers = [threading.Thread(target=write, args=[place]) for place in range(4)]
    with thread(tail):
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(60)
        done.set()
    assert failures == []
    stored = Event.objects.filter(pk__gt=start).order_by("pk").values_list("pk", flat=True)
    assert read == list(stored)
    assert len(read) == 4 * each * 4 // 5


def test_each_stored_decision_has_its_event() -> None:
    start = last()
    comment = make_comment(status=Status.HELD)
    found = [event.payload.get("decision") for event in events.after(start)]
    assert found == [None, Decision.objects.get(comment=comment).pk]
