"""Delete unpublished texts that have expired."""

import datetime as dt
import logging
from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from comments import checks
from comments.models import ERASED_TEXT, Comment, Contact, Status
from config.sqlite.base import checkpoint
from moderation import author_measures, erasure, notes, precedents, search
from moderation.campaigns import senders
from moderation.delivery.models import Subscription

BATCH = 500

logger = logging.getLogger(__name__)


def drop_texts() -> int:
    """Blank comments rejected, withdrawn or held for longer than configured; return how many.

    Then nothing needs the notes about authors of whom no comment is left, and measures long over.
    Checked texts of other systems have days of their own.

    Each has its own transaction, so an interrupted run can be repeated.
    """
    kept = {
        Status.REJECTED: settings.REJECTED_KEPT_DAYS,
        Status.WITHDRAWN: settings.REJECTED_KEPT_DAYS,
        Status.HELD: settings.HELD_KEPT_DAYS,
    }
    dropped = 0
    try:
        for comment in (c for status, days in kept.items() if days for c in _past(status, days)):
            dropped += _drop(comment)
        _drop_what_moderators_wrote()
        _drop_checked_texts()
    finally:
        # Also at the task's time limit, so that nothing deleted stays on the disk.
        if dropped:
            search.purge()
            transaction.on_commit(partial(checkpoint, connection), robust=True)
            logger.info("expired texts deleted: %d", dropped)
    return dropped


def _drop_what_moderators_wrote() -> None:
    measures, written = author_measures.drop_measures(), notes.drop_notes()
    if measures or written:
        transaction.on_commit(partial(checkpoint, connection), robust=True)
        logger.info("measures deleted: %d; notes: %d", measures, written)


def _drop_checked_texts() -> None:
    if texts := checks.drop_expired():
        transaction.on_commit(partial(checkpoint, connection), robust=True)
        logger.info("checked texts and labels deleted: %d", texts)


def _past(status: Status, days: int) -> Iterator[Comment]:
    end = timezone.now() - dt.timedelta(days=days)
    past = Comment.objects.filter(status=status, decided_at__lt=end).exclude(text=ERASED_TEXT)
    last = 0
    while batch := list(past.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        yield from batch


def _drop(comment: Comment) -> bool:
    with transaction.atomic():
        # Before the comment is changed: workers take the locks in this order too.
        senders.remove(comment)
        Contact.objects.filter(pk=comment.pk).delete()
        notes.forget_comments([comment.pk])
        Subscription.objects.forget([comment.pk])
        done = erasure.expire(comment=comment)
        precedents.forget(comment)
        # If it was published in the meantime, keep everything.
        transaction.set_rollback(not done)
    return done
