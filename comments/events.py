"""Write and read the event log: one ordered stream of everything that happens to comments.

An event is written in the same transaction as its change, so neither exists without the other.
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
# Seconds that a reader of the stream waits for transactions that may fill a gap.
GAP_TIMEOUT = 1.0
POLL_INTERVAL = 0.01
_WRITERS = """
    SELECT virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND relation = %s::regclass
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND pid IS DISTINCT FROM pg_backend_pid()
"""


def submitted(comment: Comment) -> None:
    """Log that a comment was submitted."""
    rows.insert(_event(EventKind.SUBMITTED, comment, comment.article.site_id, by="author"))


def edited(comment: Comment, *, site: str) -> None:
    """Log that the author changed a comment, so that it is checked again."""
    rows.insert(_event(EventKind.EDITED, comment, site, by="author"))


def erased(comment: Comment, *, site: str, status: str, reason: str) -> None:
    """Log that the content of a comment was erased, by request or by retention."""
    details = {"status": status, "reason": reason, "by": "system"}
    rows.insert(_event(EventKind.ERASED, comment, site, **details))


def decided(
    comment: Comment, *, site: str, kind: EventKind = EventKind.DECIDED, **details: object
) -> Event:
    """Build the event of a decision for `write`, which stores a batch in one statement."""
    return _event(kind, comment, site, **details)


def write(events: Iterable[Event]) -> None:
    Event.objects.bulk_create(events)


def after(cursor: int, limit: int = 500) -> list[Event]:
    """Return the events after the number `cursor`, in order; the last number is the next cursor.

    No event is missed or returned twice, except those deleted after EVENTS_KEPT_DAYS. PostgreSQL
    assigns numbers before the commit, so a lower number may appear after a higher one. If there is
    a gap, this waits until the transactions that are writing events have ended; a number still
    missing then was rolled back. If that takes longer than GAP_TIMEOUT, only the events before the
    gap are returned, possibly none.
    """
    found = list(_after(cursor)[:limit])
    whole = _without_gap(found, cursor)
    if len(whole) == len(found) or connection.vendor != "postgresql":
        # SQLite has one writer at a time, so numbers appear in order.
        return found
    if _writers_have_ended():
        return list(_after(cursor).filter(pk__lte=found[-1].pk)[:limit])
    return whole


def drop_old_events() -> int:
    """Delete events older than EVENTS_KEPT_DAYS, and return their number."""
    dropped = 0
    if settings.EVENTS_KEPT_DAYS:
        end = timezone.now() - dt.timedelta(days=settings.EVENTS_KEPT_DAYS)
        while old := _oldest_before(end):
            # The log's own delete() always raises.
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


def _writers_have_ended() -> bool:
    """Wait for the transactions that are writing events now; return whether they ended in time."""
    # A transaction locks the table before it gets a number, and until its end. Transaction ids
    # would not do: they are the server's, so a long transaction in another database would count.
    writing = _writers()
    end = time.monotonic() + GAP_TIMEOUT
    while writing:
        if time.monotonic() > end:
            return False
        time.sleep(POLL_INTERVAL)
        writing &= _writers()
    return True


def _writers() -> set[str]:
    """Return the transactions of other connections that have written to the log (PostgreSQL)."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITERS, [Event._meta.db_table])
        return {transaction for (transaction,) in cursor.fetchall()}


def _oldest_before(end: dt.datetime) -> int:
    """Return the highest number among the oldest events that are from before `end`, or 0.

    Numbers follow time closely enough that no index by time is needed.
    """
    oldest = Event.objects.order_by("pk").values_list("pk", "created_at")[:BATCH]
    old = takewhile(lambda each: each[1] < end, oldest)
    return max((pk for pk, _at in old), default=0)
