"""Pages of an ordered list that do not shift when comments are added to it or removed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import F, Q

from comments import threads
from comments.identity import is_id
from comments.models import Comment, CommentQuerySet
from comments.votes import USEFULNESS

Order = Sequence[str]
Kind = Literal["after", "before", "from"]
# The newer of two comments with as many votes is first.
USEFUL_FIRST: Order = ("-usefulness", "-id")


@dataclass(frozen=True)
class Cursor:
    """A place in a list: after, before, or from a comment on, whether or not it is still there."""

    kind: Kind
    comment: int
    # In the order of votes: how many it had, so that the place stays when they change.
    votes: int | None = None

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> "Cursor | None":
        """Return the cursor in the query of an address; a number of no comment means the start."""
        kinds: tuple[Kind, ...] = ("after", "before")
        for kind in kinds:
            comment, dot, votes = query.get(kind, "").partition(".")
            if is_id(comment) and (not dot or (is_id(votes) and len(votes) < 10)):
                return cls(kind, int(comment), int(votes) if dot else None)
        return None


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the cursors of the pages before and after them, if any."""

    rows: list[threads.Row] = field(default_factory=list)
    before: str | None = None
    after: str | None = None


def page_of(
    comments: CommentQuerySet, order: Order, cursor: Cursor | None, size: int | None = None
) -> Page:
    """Return the page at the cursor, or the first one if there is nothing at it.

    It has `size` comments at most, by default as many as every page of a discussion.
    """
    size = size or threads.PAGE_SIZE
    if order is USEFUL_FIRST:
        comments = comments.alias(usefulness=USEFULNESS)
    place = _place(cursor, order) if cursor else None
    if cursor is None or place is None:
        return _first(comments, order, size)
    if cursor.kind == "before":
        wanted = _beyond(order, place, back=True)
        rows = _rows(comments.filter(wanted), _reversed(order), size)
        if len(rows) <= size:
            return _first(comments, order, size)
        rows = rows[:size][::-1]
        return Page(rows, _token(rows[0]), _token(rows[-1]))
    wanted = _beyond(order, place)
    if cursor.kind == "from":
        wanted |= Q(pk=cursor.comment)
    rows = _rows(comments.filter(wanted), order, size)
    if not rows:
        return _first(comments, order, size)
    return _cut(rows, size, before=_token(rows[0]))


def _first(comments: CommentQuerySet, order: Order, size: int) -> Page:
    return _cut(_rows(comments, order, size), size)


def _cut(rows: list[threads.Row], size: int, before: str | None = None) -> Page:
    """Make a page of rows of which one more was read than it has."""
    shown = rows[:size]
    return Page(shown, before, _token(shown[-1]) if len(rows) > len(shown) else None)


def _token(row: threads.Row) -> str:
    """Return the row's place in its order, for an address."""
    return f"{row['id']}.{row['usefulness']}" if "usefulness" in row else str(row["id"])


def _rows(comments: CommentQuerySet, order: Order, size: int) -> list[threads.Row]:
    rows = threads.rows(comments.order_by(*order))
    if "usefulness" in order[0]:
        rows = rows.annotate(usefulness=F("usefulness"))
    return list(rows[: size + 1])


def _place(cursor: Cursor, order: Order) -> Mapping[str, Any] | None:
    """Return the values by which the comment is ordered."""
    if order is USEFUL_FIRST and cursor.votes is not None:
        return {"usefulness": cursor.votes, "id": cursor.comment}
    comment = Comment.objects.filter(pk=cursor.comment)
    if order is USEFUL_FIRST:
        return comment.values("id", usefulness=USEFULNESS).first()
    found = comment.values(*(name.lstrip("-") for name in order)).first()
    return found if found and None not in found.values() else None


def _beyond(order: Order, place: Mapping[str, Any], *, back: bool = False) -> Q:
    """Return the condition of being after the place in the order, or with `back` before it."""
    first, second = (name.lstrip("-") for name in order)
    comparison = "lt" if order[0].startswith("-") != back else "gt"
    further = Q(**{f"{first}__{comparison}": place[first]})
    equal = Q(**{first: place[first], f"{second}__{comparison}": place[second]})
    # The first condition lets the database begin at the place in its index.
    return Q(**{f"{first}__{comparison}e": place[first]}) & (further | equal)


def _reversed(order: Order) -> Order:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]
