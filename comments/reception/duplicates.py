"""Recognise a comment that the same writer sends twice: a double click, a second tab.

Only who holds the secret of the first is led to it. Without one a comment is its own, or whoever
guesses an e-mail could find out what its owner wrote, or be first with her words and so keep her
own from the page.
"""

import datetime as dt
import json
import unicodedata

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comments.models import Comment, Status
from comments.reception import throttles

# A shorter remark ("Дякую!") may well be made to several people; a longer text is said to all.
REMARK = 60


def duplicate_key(comment: Comment) -> str | None:
    """Equal for one writer's comments in one place that differ in capitals and spaces only.

    The writer's key holds the site. The article goes by its key: with its first comment it has no
    number yet.
    Signs count: "+1" is not "-1". So do name and website, or no one could correct them. None where
    repeats are allowed.
    """
    if settings.REPEAT_HOURS <= 0:
        return None
    said = _said(comment)
    to = comment.parent_id if len(said) < REMARK else None
    named = [comment.author_name, comment.author_url]
    sent = json.dumps([comment.writer_key, comment.article.key, to, *named, said])
    return salted_hmac("comments.repeat", sent, algorithm="sha256").hexdigest()


def is_copy(comment: Comment) -> bool:
    """Whether the same long text was sent here lately under the same name, by whoever it was.

    Only what readers see is compared, so that nobody learns from it whose e-mail stands behind.
    """
    return bool(name := _copied(comment)) and throttles.is_known(name)


def remember_copy(comment: Comment) -> None:
    """What is sent from now on is a copy of this one."""
    if name := _copied(comment):
        throttles.is_first(name)


def earlier(comment: Comment) -> Comment | None:
    """Its like that was stored lately; one of long ago, or one that was rejected, gives way."""
    if comment.duplicate_key is None:
        return None
    first = Comment.objects.filter(duplicate_key=comment.duplicate_key).first()
    if first is None:
        return None
    lately = first.created_at > timezone.now() - dt.timedelta(hours=settings.REPEAT_HOURS)
    if lately and first.status != Status.REJECTED:
        return first
    Comment.objects.filter(pk=first.pk).update(duplicate_key=None)
    return None


def _said(comment: Comment) -> str:
    return " ".join(unicodedata.normalize("NFC", comment.text).casefold().split())


def _copied(comment: Comment) -> str:
    said = _said(comment)
    if not settings.THROTTLES or settings.REPEAT_HOURS <= 0 or len(said) < REMARK:
        return ""
    where = [comment.article.site_id, comment.article.key]
    return json.dumps([*where, comment.author_name, comment.author_url, said])
