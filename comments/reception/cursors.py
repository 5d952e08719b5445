"""Pages of an ordered list that do not shift when comments are added to it or removed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Q
from django.http import QueryDict

from comments import threads
from comments.identity import is_id
from comments.models import Comment, CommentQuerySet

Order = Sequence[str]
Kind = Literal["after", "before", "from"]


@dataclass(frozen=True)
class Cursor:
    """A place in a list: after, before, or from a comment on, whether or not it is still there."""

    kind: Kind
    comment: int

    @classmethod
    def of(cls, query: QueryDict) -> "Cursor | None":
        """Return the cursor in the query of an address; a number of no comment means the start."""
        kinds: tuple[Kind, ...] = ("after", "before")
        for kind in kinds:
            if is_id(asked := query.get(kind, "")):
                return cls(kind, int(asked))
        return None


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the cursors of the pages before and after them, if any."""

    rows: list[threads.Row] = field(default_factory=list)
    before: int | None = None
    after: int | None = None


def page_of(comments: CommentQuerySet, order: Order, cursor: Cursor | None) -> Page:
    """Return the page at the cursor, or the first one if there is nothing at it."""
    place = _place(cursor, order) if cursor else None
    if cursor is None or place is None:
        return _first(comments, order)
    if cursor.kind == "before":
        rows = _rows(comments.filter(_beyond(order, place, back=True)), _reversed(order))
        if len(rows) <= threads.PAGE_SIZE:
            return _first(comments, order)
        rows = rows[: threads.PAGE_SIZE][::-1]
        return Page(rows, rows[0]["id"], rows[-1]["id"])
    wanted = _beyond(order, place)
    if cursor.kind == "from":
        wanted |= Q(pk=cursor.comment)
    rows = _rows(comments.filter(wanted), order)
    if not rows:
        return _first(comments, order)
    return _cut(rows, before=rows[0]["id"])


def _first(comments: CommentQuerySet, order: Order) -> Page:
    return _cut(_rows(comments, order))


def _cut(rows: list[threads.Row], before: int | None = None) -> Page:
    """Make a page of rows of which one more was read than it has."""
    shown = rows[: threads.PAGE_SIZE]
    return Page(shown, before, shown[-1]["id"] if len(rows) > len(shown) else None)


def _rows(comments: CommentQuerySet, order: Order) -> list[threads.Row]:
    return list(threads.rows(comments.order_by(*order))[: threads.PAGE_SIZE + 1])


def _place(cursor: Cursor, order: Order) -> Mapping[str, Any] | None:
    """Return the values by which the comment is ordered."""
    names = [name.lstrip("-") for name in order]
    found = Comment.objects.filter(pk=cursor.comment).values(*names).first()
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
