"""The author's own comments on the page, even if they are decided while it is being rendered.

They are read before the list of published comments, so a comment that is decided in between is on
that list or is shown with its old status. A published comment that is not on the list is read
again: it is on another page, or has just been taken down.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from comments.models import Article, Comment, Status

# How long a newly published comment on another page is shown here too: a moderator may decide at
# night, and the author looks in the morning.
RECENT = dt.timedelta(days=1)


@dataclass(frozen=True)
class OwnComments:
    """The author's comments above the list: not published, and published on other pages."""

    waiting: list[Comment]
    on_other_pages: list[Comment]

    @property
    def undecided(self) -> bool:
        """Whether the page has to keep asking for a decision."""
        return any(c.status_for_author in (Status.PENDING, Status.HELD) for c in self.waiting)


def read(article: Article, ids: Collection[int]) -> list[Comment]:
    """Read the article's comments with these ids, oldest first."""
    related = ("parent", "reply_to__parent")
    return list(article.comments.filter(pk__in=ids).select_related(*related).order_by("id"))


def without_put_away(own: Iterable[Comment], versions: Mapping[int, int]) -> list[Comment]:
    """Leave out the withdrawn comments, and the settled ones whose note the author put away."""
    settled = (Status.REJECTED, Status.PUBLISHED)
    return [
        comment
        for comment in own
        if not comment.is_withdrawn
        and not (
            comment.status_for_author in settled and versions.get(comment.pk) == comment.version
        )
    ]


def select(article: Article, own: Iterable[Comment], shown: Collection[int]) -> OwnComments:
    """Choose which of `own`, read before the list, to show above the list with the ids `shown`."""
    missing = [comment for comment in own if comment.pk not in shown]
    visible = [comment.pk for comment in missing if comment.is_visible]
    now = {comment.pk: comment for comment in read(article, visible)}
    latest = [now.get(comment.pk, comment) for comment in missing]
    return OwnComments(
        waiting=[comment for comment in latest if not comment.is_visible],
        on_other_pages=[comment for comment in latest if _is_recently_visible(comment)],
    )


def comment_url(comment: Comment) -> str:
    """The permanent address of a published comment: a page of the discussion that shows it."""
    return f"{comment.article.get_absolute_url()}?comment={comment.pk}#{comment.anchor}"


def _is_recently_visible(comment: Comment) -> bool:
    """An old reply becomes visible again when the comment it answers is published."""
    decided = (comment.decided_at, comment.parent and comment.parent.decided_at)
    return comment.is_visible and any(at and at > timezone.now() - RECENT for at in decided)
