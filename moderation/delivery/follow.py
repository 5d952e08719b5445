"""Follow the event log: turn each event into the rows of what is to be told, exactly once."""

from collections.abc import Callable, Sequence

from django.db import transaction

from comments import events
from comments.models import Event
from moderation.delivery.models import Cursor

BATCH = 500
# A task is not to run for long; the next one continues.
BATCHES = 20

Handle = Callable[[Sequence[Event]], None]


def follow(name: str, handle: Handle) -> None:
    """Give `handle` the new events in order; what it stores is committed with the cursor.

    Only one process at a time follows under a name; another one returns at once.
    """
    # Outside the transaction, which must not wait for those of others.
    Cursor.objects.get_or_create(name=name)
    for _batch in range(BATCHES):
        if not _step(name, handle):
            return


def _step(name: str, handle: Handle) -> bool:
    """Handle one batch, and return whether there may be more."""
    known = Cursor.objects.get(name=name).position
    # It may wait for those who are writing to the log, so it is called without a lock.
    found = events.after(known, limit=BATCH)
    if not found:
        return False
    with transaction.atomic():
        own = Cursor.objects.select_for_update(skip_locked=True).filter(name=name, position=known)
        if own.first() is None:
            return False
        handle(found)
        own.update(position=found[-1].pk)
    return len(found) == BATCH
