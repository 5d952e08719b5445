"""Write and read the event log: one ordered stream of everything that happens to comments.

An event is written in the transaction of its change, so neither is there without the other, and
after it, so that the transaction has a number of PostgreSQL's by then: `after` relies on that.
"""

import datetime as dt
import time
from collections.abc import Iterable, Sequence
from itertools import count, takewhile

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from comments.models import Comment, Event, EventKind, rows

BATCH = 1000
# Seconds that a reader of the stream waits for writers that may yet fill a gap in it.
PATIENCE = 1.0
LOOK_EVERY = 0.01


def submitted(comment: Comment) -> None:
    """Writes down that a comment has come in."""
    rows.insert(_event(EventKind.SUBMITTED, comment, comment.article.site_id, by="author"))


def erased(comment: Comment, *, site: str, status: str, reason: str) -> None:
    """Writes down that nothing is left of what a comment said: at a wish, or in time."""
    details = {"status": status, "reason": reason, "by": "system"}
    rows.insert(_event(EventKind.ERASED, comment, site, **details))


def decided(comment: Comment, *, site: str, **details: object) -> Event:
    """An event for `write`: a batch of decisions is one statement."""
    return _event(EventKind.DECIDED, comment, site, **details)


def write(events: Iterable[Event]) -> None:
    Event.objects.bulk_create(events)


def after(cursor: int, limit: int = 500) -> list[Event]:
    """The events with a greater number than `cursor`, in order; the last one's is the next cursor.

    None is missed and none comes twice, with one exception: those that EVENTS_KEPT_DAYS has
    dropped. PostgreSQL gives out numbers before it commits, so a lower number may appear after a
    higher one. Where a number is missing, this waits until every transaction that was running has
    ended: what is missing then was rolled back. Where one takes longer than PATIENCE, only what
    comes before the gap is returned, maybe nothing; the next call looks again. Not to be called
    within a transaction that has written something, which would wait for itself.
    """
    found = list(_after(cursor)[:limit])
    whole = _without_gap(found, cursor)
    if len(whole) == len(found) or connection.vendor != "postgresql":
        # SQLite has one writer at a time: numbers appear in their order.
        return found
    if _running_have_ended():
        return list(_after(cursor).filter(pk__lte=found[-1].pk)[:limit])
    return whole


def drop_old_events() -> int:
    """Drops what is older than EVENTS_KEPT_DAYS, from the first on; returns how many."""
    dropped = 0
    if settings.EVENTS_KEPT_DAYS:
        end = timezone.now() - dt.timedelta(days=settings.EVENTS_KEPT_DAYS)
        while old := _oldest_before(end):
            # Not the log's own delete, which refuses.
            dropped += QuerySet.delete(Event.objects.filter(pk__lte=old))[0]
    return dropped


def _event(kind: EventKind, comment: Comment, site: str, **details: object) -> Event:
    payload = {"status": comment.status, "revision": comment.revision, **details}
    return Event(kind=kind, comment_number=comment.pk, site_key=site, payload=payload)


def _after(cursor: int) -> QuerySet[Event]:
    return Event.objects.filter(pk__gt=cursor).order_by("pk")


def _without_gap(found: Sequence[Event], cursor: int) -> list[Event]:
    numbered = zip(count(cursor + 1), found, strict=False)
    return [event for _n, event in takewhile(lambda each: each[0] == each[1].pk, numbered)]


def _running_have_ended() -> bool:
    """Waits for the transactions that have written and run now; whether all have ended in time."""
    # A new number is above those of all that run. The snapshot's own upper end would not do: it is
    # that of the latest transaction that has ended.
    latest = _number("pg_current_xact_id()")
    end = time.monotonic() + PATIENCE
    while _number("pg_snapshot_xmin(pg_current_snapshot())") <= latest:
        if time.monotonic() > end:
            return False
        time.sleep(LOOK_EVERY)
    return True


def _number(function: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}::text")
        return int(cursor.fetchone()[0])


def _oldest_before(end: dt.datetime) -> int:
    """Up to which number the oldest events are from before; 0 where none is.

    Numbers follow time closely enough that no index by time is needed.
    """
    oldest = Event.objects.order_by("pk").values_list("pk", "created_at")[:BATCH]
    old = takewhile(lambda each: each[1] < end, oldest)
    return max((pk for pk, _at in old), default=0)
