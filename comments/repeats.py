"""The same thing said twice by one author in one place is stored once."""

import datetime as dt
import unicodedata

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comments.models import Comment
from moderation.rules import spoken

# A shorter remark ("Дякую!") may well be made to several people; a longer text is said to all.
REMARK = 60


class RepeatedError(Exception):
    """The author has sent this before; `first` is what became of it, for its author only."""

    def __init__(self, first: Comment) -> None:
        super().__init__(first.pk)
        self.first = first


def repeat_key(comment: Comment) -> str | None:
    """Equal for comments of one author in one place that differ in case, spacing or signs only.

    None where repeats are allowed. A text without words, such as an emoji, is taken as it is.
    """
    if settings.REPEAT_HOURS <= 0:
        return None
    said = spoken(unicodedata.normalize("NFKC", comment.text)) or comment.text
    to = comment.parent_id if len(said) < REMARK else None
    place = f"{comment.author_key} {comment.article_id} {to} {said}"
    return salted_hmac("comments.repeat", place, algorithm="sha256").hexdigest()


def refuse_repeat(comment: Comment) -> None:
    """Raises RepeatedError where its like was stored lately; one of long ago gives way."""
    if comment.repeat_key is None:
        return
    first = Comment.objects.filter(repeat_key=comment.repeat_key).first()
    if first is None:
        return
    if first.created_at > timezone.now() - dt.timedelta(hours=settings.REPEAT_HOURS):
        raise RepeatedError(first)
    Comment.objects.filter(pk=first.pk).update(repeat_key=None)
