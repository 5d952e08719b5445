"""What authors do with comments of their own: change them and withdraw them.

A changed comment is a new version that is checked like a new comment; if people objected to an
earlier version, a moderator reads it. Whoever calls this has made sure that it is the author.
"""

import datetime as dt
import logging
from collections.abc import Mapping
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments.models import Comment, Status
from moderation import appeals, transitions
from moderation.actors import AUTHOR
from moderation.campaigns import senders
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.refused import RefusedError
from moderation.transitions import Evidence, Seen

logger = logging.getLogger(__name__)

_WITHDRAW = Verdict(Outcome.WITHDRAW, Reason.WITHDRAWN)
# Rejections that no other text would change.
_FINAL = (Reason.AUTHOR_BANNED, Reason.ERASED, Reason.EXPIRED, Reason.PROBE)
_GONE = _("This comment can no longer be changed.")
_CLOSED = _("The discussion is closed, so comments in it can no longer be changed.")
_APPEALED = _("A moderator is looking at this comment again, so it cannot be changed now.")
_ANSWERED = _(
    "Somebody has answered your comment, so it can no longer be changed. You can withdraw it."
)
_REJECTED = _("Nobody else sees this comment, so there is nothing to withdraw.")


def editable_until(comment: Comment) -> dt.datetime:
    """Until when a published comment can be changed."""
    return comment.created_at + dt.timedelta(minutes=settings.EDIT_MINUTES)


def edit_refusal(comment: Comment) -> str:
    """Return why its author may not change it, or ""."""
    told = comment.status_for_author
    is_final = told == Status.REJECTED and comment.reason in _FINAL
    if comment.is_erased or comment.is_withdrawn or is_final:
        return str(_GONE)
    if comment.article.is_closed:
        return str(_CLOSED)
    if told == Status.HELD and appeals.is_open(comment):
        return str(_APPEALED)
    return _published_refusal(comment) if told == Status.PUBLISHED else ""


def withdraw_refusal(comment: Comment) -> str:
    """Return why its author may not withdraw it, or ""."""
    if comment.is_erased:
        return str(_GONE)
    return str(_REJECTED) if comment.status_for_author == Status.REJECTED else ""


def revise(*, comment: Comment, written: Mapping[str, str]) -> bool:
    """Store a new version (text, name and website) as pending, in one transaction.

    Returns whether anything has changed: then the caller asks for the moderation after the commit.
    Raises RefusedError.
    """
    with transaction.atomic():
        # Before the comment is changed: workers take the locks in this order too.
        senders.remove(comment)
        site = transitions.lock(comment)
        if reason := edit_refusal(comment):
            raise RefusedError(reason)
        changed = any(getattr(comment, name) != value for name, value in written.items())
        if changed:
            transitions.revise(comment=comment, written=written, site=site)
            transaction.on_commit(partial(logger.info, "comment %s: changed", comment.pk))
        transaction.set_rollback(not changed)
    return changed


def withdraw(*, comment: Comment) -> None:
    """Withdraw a comment, in one transaction; nothing happens if it is withdrawn already.

    Its text is kept for the moderators as long as that of a rejected one. Raises RefusedError.
    """
    with transaction.atomic():
        transitions.lock(comment)
        if comment.is_withdrawn:
            return
        if reason := withdraw_refusal(comment):
            raise RefusedError(reason)
        evidence, seen = Evidence(actor=AUTHOR), Seen.of(comment)
        transitions.apply(comment=comment, verdict=_WITHDRAW, expected=seen, evidence=evidence)
        Comment.objects.filter(pk=comment.pk).update(duplicate_key=None)
        comment.refresh_from_db(fields=["status", "reason", "version", "announced_at"])


def _published_refusal(comment: Comment) -> str:
    if timezone.now() >= editable_until(comment):
        minutes = settings.EDIT_MINUTES
        late = ngettext(
            "A published comment can be changed for %d minute after it was sent.",
            "A published comment can be changed for %d minutes after it was sent.",
            minutes,
        )
        return late % minutes if minutes else str(_GONE)
    # Otherwise the answer would be to something that its writer has not read.
    thread = Comment.objects.filter(parent=comment.parent_id or comment.pk)
    answers = thread.filter(reply_to=comment) if comment.parent_id else thread
    answered = answers.filter(status=Status.PUBLISHED).exists()
    return str(_ANSWERED) if answered else ""
