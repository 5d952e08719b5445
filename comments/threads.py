"""Load a page of a discussion with its first replies in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from comments.models import IN_THREAD, Article, Comment, CommentQuerySet, Status

PAGE_SIZE = 20
REPLIES_SHOWN = 20
FIELDS = (
    *("id", "parent_id", "branch_id", "reply_to_id"),
    *("author_name", "author_url", "text", "language", "created_at", "status"),
)
# The name of whom a reply answers, as long as readers see that comment.
_ADDRESSEE = Case(
    When(reply_to__status=Status.PUBLISHED, then=F("reply_to__author_name")), default=Value("")
)
# Whether the newsroom wrote it, and whether it recommends it.
OF_NEWSROOM = {
    "staff": ExpressionWrapper(Q(staff_answer__isnull=False), BooleanField()),
    "picked": ExpressionWrapper(Q(pick__isnull=False), BooleanField()),
}

# What the classifier calls a language that it does not know.
_UNKNOWN_LANGUAGE = "other"

# What readers see of a comment that was withdrawn.
_NOTHING = {"author_name": "", "author_url": "", "text": "", "staff": False, "picked": False}

# Plain rows: creating a model instance for each comment costs more than the query.
Row = dict[str, Any]


def roots(article: Article) -> CommentQuerySet:
    """The comments of an article that are not replies: published ones, and places.

    A place is left of a comment that its author withdrew after others had replied.
    """
    seen = Q(status=Status.PUBLISHED)
    if places := _places(article):
        seen |= Q(pk__in=places)
    return article.comments.roots().filter(seen)


def replies(root_id: int) -> CommentQuerySet:
    return Comment.objects.visible().filter(parent=root_id)


def rows(comments: QuerySet[Comment]) -> QuerySet[Any, Row]:
    """Return the comments as rows of FIELDS, `staff` and `picked`.

    Replies to replies have the name of whom they answer as `addressee`.
    """
    made: QuerySet[Any, Row] = comments.values(*FIELDS, addressee=_ADDRESSEE, **OF_NEWSROOM)
    return made


def language_tag(detected: str) -> str:
    """Return the value of `lang` for a detected language, "" if it is not known."""
    return "" if detected == _UNKNOWN_LANGUAGE else detected


def ids(rows: Iterable[Row]) -> set[int]:
    """Return the ids of the comments on a page, including replies."""
    return {each["id"] for row in rows for each in (row, *row.get("replies", ()))}


def with_replies(rows: Iterable[Row], also: int | None = None) -> list[Row]:
    """Add `replies` (the first 20, in the order of the thread) and `reply_count` to each row.

    The reply with the number `also` is there too, after the first 20.
    """
    rows = [shown(row) for row in rows]
    ids = [row["id"] for row in rows]
    published = Comment.objects.filter(parent__in=ids, status=Status.PUBLISHED)
    counts = dict(published.values_list("parent").annotate(Count("id")))
    first = defaultdict(list)
    for reply in _first_of_each(published, also):
        first[reply["parent_id"]].append(shown(reply))
    return [
        {**row, "replies": first[row["id"]], "reply_count": counts.get(row["id"], 0)}
        for row in rows
    ]


def shown(row: Row) -> Row:
    """Return the row of a comment as readers see it: of a withdrawn one only its place."""
    withdrawn = row["status"] == Status.WITHDRAWN
    seen = {**row, "withdrawn": withdrawn}
    del seen["status"]
    return {**seen, **_NOTHING} if withdrawn else seen


def _places(article: Article) -> list[int]:
    """Return the withdrawn comments with published replies; most articles have none."""
    withdrawn = article.comments.roots().filter(status=Status.WITHDRAWN)
    replied = Exists(Comment.objects.filter(parent=OuterRef("pk"), status=Status.PUBLISHED))
    return list(withdrawn.filter(replied).values_list("pk", flat=True))


def _first_of_each(published: CommentQuerySet, also: int | None) -> Iterable[Row]:
    place = Window(RowNumber(), partition_by=F("parent"), order_by=IN_THREAD)
    wanted = Q(place__lte=REPLIES_SHOWN) | Q(pk=also) if also else Q(place__lte=REPLIES_SHOWN)
    return rows(published.annotate(place=place).filter(wanted).order_by(*IN_THREAD))
