"""Erase what a comment says and who wrote it: on request, or when it has been kept long enough."""

import secrets

from django.db import transaction
from django.db.models import F

from comments import events
from comments.models import ERASED_TEXT, Article, Comment, Pick, Revision, Status
from moderation import search
from moderation.actors import SYSTEM
from moderation.models import Appeal, Report
from moderation.policy.verdict import Outcome, Reason, Verdict
from moderation.transitions import Evidence, Seen, apply, lock

_TAKEN_AWAY = (Status.REJECTED, Status.WITHDRAWN)


def erase(*, comment: Comment, remove: bool) -> bool:
    """Erase the author and the text of a comment in any status, in one transaction.

    An unpublished comment becomes rejected, but a withdrawn one stays so. A published one keeps its
    place as "erased", or with `remove` is removed unless it has replies. Returns whether readers
    still see its place.
    """
    with transaction.atomic():
        site = lock(comment)
        status = _status_after_erasure(comment, remove=remove)
        _blank(comment, status, Reason.ERASED, site)
        return status == Status.PUBLISHED


def expire(*, comment: Comment) -> bool:
    """Blank an expired comment that is not published, in one transaction; a held one is rejected.

    Returns False and changes nothing if it was published or erased in the meantime.
    """
    with transaction.atomic():
        site = lock(comment)
        kept = {Status.HELD, Status.REJECTED, Status.WITHDRAWN}
        if comment.status not in kept or comment.is_erased:
            return False
        status = Status.WITHDRAWN if comment.is_withdrawn else Status.REJECTED
        _blank(comment, status, Reason.EXPIRED, site)
        return True


def _blank(comment: Comment, status: Status, reason: Reason, site: str) -> None:
    """Erase the author, all revisions and the text, and set the status. Needs the article's lock.

    Adds a blank revision.
    """
    names = {"author_name": "", "author_url": ""}
    joins = {"author_key": secrets.token_hex(32), "writer_key": secrets.token_hex(32)}
    # A proxy's log may join the request id with an address.
    words = {"text": ERASED_TEXT, "duplicate_key": None, "request_id": ""}
    seen = Seen.of(comment)
    Comment.objects.filter(pk=comment.pk).update(
        revision=F("revision") + 1, version=F("version") + 1, **names, **joins, **words
    )
    search.remove(comment.pk)
    comment.revision += 1
    Revision.objects.blank(comment.pk)
    Report.objects.filter(comment=comment.pk).update(sentence="")
    Appeal.objects.filter(comment=comment.pk).update(sentence="", answer="")
    Pick.objects.filter(comment=comment.pk).delete()
    Revision.objects.create(comment=comment, number=comment.revision)
    events.erased(comment, site=site, status=status, reason=reason)
    if status == seen.status:
        changed = F("thread_revision") + 1
        Article.objects.filter(pk=comment.article_id).update(thread_revision=changed)
        return
    # Otherwise the log and the search index would contain them.
    comment.request_id = comment.author_name = comment.text = ""
    apply(
        comment=comment,
        verdict=Verdict(Outcome.REJECT, reason),
        expected=Seen(seen.status, seen.version + 1),
        evidence=Evidence(actor=SYSTEM),
    )


def _status_after_erasure(comment: Comment, *, remove: bool) -> Status:
    if comment.status == Status.PUBLISHED:
        replies = comment.replies.exclude(text=ERASED_TEXT).exclude(status__in=_TAKEN_AWAY)
        return Status.REJECTED if remove and not replies.exists() else Status.PUBLISHED
    return Status.WITHDRAWN if comment.is_withdrawn else Status.REJECTED
