"""The author's own comments on the page, whatever is decided while it is being rendered.

They are read before the list of the published ones: what is decided in between is then on that
list, or still shown as it was. Only what was published and is not on the list has to be read once
more: it stands on another page, or has just been taken down.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils import timezone

from comments import threads
from comments.models import Article, Comment, Status

# For so long a comment that was published on another page is shown here as well: a moderator may
# decide at night, and its author looks in the morning.
LATELY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Beside:
    """What stands above the list: what only its author sees, and what is on another page."""

    waiting: list[Comment]
    elsewhere: list[Comment]

    @property
    def undecided(self) -> bool:
        """Whether the page goes on looking what became of one of them."""
        return any(comment.status in (Status.PENDING, Status.HELD) for comment in self.waiting)


def read(article: Article, ids: Collection[int]) -> list[Comment]:
    """The article's comments with these ids, as they are now, the oldest first."""
    return list(article.comments.filter(pk__in=ids).select_related("parent").order_by("id"))


def beside(article: Article, own: Iterable[Comment], shown: Collection[int]) -> Beside:
    """What of `own`, which was read before the list, to show beside that list of `shown` ids."""
    missing = [comment for comment in own if comment.pk not in shown]
    visible = [comment.pk for comment in missing if comment.is_visible]
    now = {comment.pk: comment for comment in read(article, visible)}
    latest = [now.get(comment.pk, comment) for comment in missing]
    return Beside(
        waiting=[comment for comment in latest if not comment.is_visible],
        elsewhere=[comment for comment in latest if _is_newly_visible(comment)],
    )


def place_of(comment: Comment) -> str:
    """The address of a published comment, on the page of the discussion where it stands."""
    thread = f"thread={comment.parent_id}&" if comment.parent_id else ""
    page = threads.page_of(comment)
    return f"{comment.article.get_absolute_url()}?{thread}page={page}#{comment.anchor}"


def _is_newly_visible(comment: Comment) -> bool:
    """A reply that was published long ago appears again together with what it answers."""
    decided = (comment.decided_at, comment.parent and comment.parent.decided_at)
    return comment.is_visible and any(at and at > timezone.now() - LATELY for at in decided)
