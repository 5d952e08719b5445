"""Update an article's count of visible comments when their statuses change."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Count, F

from comments.models import SHOWS_REPLIES, Article, Comment, Status


class Placed(Protocol):
    """The place of a comment."""

    @property
    def pk(self) -> Any: ...

    @property
    def article_id(self) -> int: ...

    @property
    def parent_id(self) -> int | None: ...


@dataclass(frozen=True, kw_only=True)
class SeenChange:
    """What readers see of a comment after its status has changed: 1 appears, -1 disappears.

    The replies of a comment that its author withdrew stay.
    """

    comment: Placed
    itself: int
    replies: int

    @classmethod
    def between(cls, comment: Placed, before: str, after: str) -> "SeenChange":
        return cls(
            comment=comment,
            itself=(after == Status.PUBLISHED) - (before == Status.PUBLISHED),
            replies=(after in SHOWS_REPLIES) - (before in SHOWS_REPLIES),
        )


def update_counts(changes: Sequence[SeenChange]) -> None:
    """Update the count of each article, and the revision that its ETag is made of.

    Uses one statement for all articles whose counts change by the same number.
    """
    seen = [each for each in changes if each.itself or each.replies]
    by_change: dict[int, list[int]] = defaultdict(list)
    for article_id, change in _visible_changes(seen).items():
        by_change[change].append(article_id)
    for change, ids in by_change.items():
        Article.objects.filter(pk__in=ids).update(
            published_count=F("published_count") + change, thread_revision=F("thread_revision") + 1
        )


def _visible_changes(changed: Sequence[SeenChange]) -> Counter[int]:
    """Return the change by article; a root's published replies appear and disappear with it."""
    moved = {each.comment.pk for each in changed}
    roots = {each.comment.pk: each.replies for each in changed if each.replies}
    parents = {each.comment.parent_id for each in changed} - {None}
    replies = Comment.objects.filter(status=Status.PUBLISHED, parent__in=roots)
    counted = replies.exclude(pk__in=moved).values_list("parent").annotate(Count("pk"))
    counts: dict[int, int] = dict(counted) if roots else {}
    shown = set(_showing_replies(parents)) if parents else set()
    changes: Counter[int] = Counter()
    for each in changed:
        root = each.comment.parent_id
        if root is None:
            change = each.itself + each.replies * counts.get(each.comment.pk, 0)
        else:
            # Whether the root is shown after a reply appears, or was before it disappears; a root
            # may itself be among the changed comments.
            root_shown = {1: root in shown, -1: (root in shown) != (root in roots)}
            change = each.itself * root_shown.get(each.itself, False)
        changes[each.comment.article_id] += change
    return changes


def _showing_replies(ids: set[int | None]) -> Iterable[int]:
    shown = Comment.objects.filter(pk__in=ids, status__in=SHOWS_REPLIES)
    return shown.values_list("pk", flat=True)
