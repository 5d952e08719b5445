"""Load a page of a discussion with its first replies in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from comments.models import Article, Comment, CommentQuerySet, Status

PAGE_SIZE = 20
REPLIES_SHOWN = 20
FIELDS = ("id", "parent_id", "author_name", "author_url", "text", "created_at")

# Plain rows: creating a model instance for each comment costs more than the query.
Row = dict[str, Any]


def roots(article: Article) -> CommentQuerySet:
    return article.comments.visible().roots()


def replies(root_id: int) -> CommentQuerySet:
    return Comment.objects.visible().filter(parent=root_id)


def page_of(comment: Comment) -> int:
    """Return the page number of a published comment: newest first, replies oldest first."""
    at = comment.created_at
    if comment.parent_id:
        earlier = Q(created_at__lt=at) | Q(created_at=at, id__lt=comment.pk)
        before = replies(comment.parent_id).filter(earlier)
    else:
        later = Q(created_at__gt=at) | Q(created_at=at, id__gt=comment.pk)
        before = roots(comment.article).filter(later)
    return before.count() // PAGE_SIZE + 1


def ids(rows: Iterable[Row]) -> set[int]:
    """Return the ids of the comments on a page, including replies."""
    return {each["id"] for row in rows for each in (row, *row.get("replies", ()))}


def with_replies(rows: Iterable[Row]) -> list[Row]:
    """Add `replies` (the first 20, oldest first) and `reply_count` to each row."""
    rows = list(rows)
    ids = [row["id"] for row in rows]
    published = Comment.objects.filter(parent__in=ids, status=Status.PUBLISHED)
    counts = dict(published.values_list("parent").annotate(Count("id")))
    shown = defaultdict(list)
    for reply in _first_of_each(published):
        shown[reply["parent_id"]].append(reply)
    return [
        {**row, "replies": shown[row["id"]], "reply_count": counts.get(row["id"], 0)}
        for row in rows
    ]


def _first_of_each(published: CommentQuerySet) -> Iterable[Row]:
    place = Window(RowNumber(), partition_by=F("parent"), order_by=("created_at", "id"))
    return (
        published.annotate(place=place)
        .filter(place__lte=REPLIES_SHOWN)
        .order_by("created_at", "id")
        .values(*FIELDS)
    )
