"""Recognise a comment that the same writer sends twice: a double click, a second tab.

Only a sender with the secret of the first comment is shown it. Otherwise anyone who knows an e-mail
could find out what its owner wrote, or keep a comment off the page by sending a copy first.
"""

import datetime as dt
import json
import unicodedata

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comments.models import Comment, Status
from comments.reception import throttles

# A shorter text ("Дякую!") may well be sent to several people, so whom it answers counts too.
SHORT_TEXT = 60


def duplicate_key(comment: Comment) -> str | None:
    """Return a key that is equal for one writer's comments that differ only in case and spaces.

    Punctuation counts ("+1" is not "-1"), and so do name and website, which can be corrected by
    sending the comment again. The site is part of the writer's key; the article is identified by
    its key, since a new one has no id yet. None if duplicates are allowed.
    """
    if settings.REPEAT_HOURS <= 0:
        return None
    text = _normalized_text(comment)
    to = comment.answered_id if len(text) < SHORT_TEXT else None
    named = [comment.author_name, comment.author_url]
    sent = json.dumps([comment.writer_key, comment.article.key, to, *named, text])
    return salted_hmac("comments.repeat", sent, algorithm="sha256").hexdigest()


def is_copy(comment: Comment) -> bool:
    """Whether anybody recently sent the same long text on the article under the same name.

    Only public data is compared, so the result reveals nothing about e-mails.
    """
    return bool(name := _copy_key(comment)) and throttles.is_known(name)


def remember_copy(comment: Comment) -> None:
    """Remember the comment for `is_copy`."""
    if name := _copy_key(comment):
        throttles.is_first(name)


def find_duplicate(comment: Comment) -> Comment | None:
    """Return the recent comment of which this one is a duplicate.

    An old or rejected one gives up its key, so this one can be stored.
    """
    if comment.duplicate_key is None:
        return None
    first = Comment.objects.filter(duplicate_key=comment.duplicate_key).first()
    if first is None:
        return None
    is_recent = first.created_at > timezone.now() - dt.timedelta(hours=settings.REPEAT_HOURS)
    if is_recent and first.status != Status.REJECTED:
        return first
    Comment.objects.filter(pk=first.pk).update(duplicate_key=None)
    return None


def _normalized_text(comment: Comment) -> str:
    return " ".join(unicodedata.normalize("NFC", comment.text).casefold().split())


def _copy_key(comment: Comment) -> str:
    text = _normalized_text(comment)
    if not settings.THROTTLES or settings.REPEAT_HOURS <= 0 or len(text) < SHORT_TEXT:
        return ""
    where = [comment.article.site_id, comment.article.key]
    return json.dumps([*where, comment.author_name, comment.author_url, text])
