"""A page of the list in the order of readers' votes, which change without its ETag."""

from typing import Any

from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from comments import threads
from comments.models import Article
from comments.reception import cursors
from comments.reception.cursors import USEFUL_FIRST, Cursor, Page
from comments.reception.list_query import ListQuery
from comments.reception.listing import as_json
from comments.reception.missing import NoPageError


def useful_page(request: Request, article: Article | None, asked: ListQuery) -> dict[str, Any]:
    """Return what ThreadPageSerializer describes; raises NoPageError for a wrong cursor."""
    page = useful_rows(request, article, asked)
    return {
        "next": address_of(request, "after", page.after),
        "previous": address_of(request, "before", page.before),
        "results": [as_json(row) for row in threads.with_replies(page.rows)],
    }


def useful_rows(request: Request, article: Article | None, asked: ListQuery) -> Page:
    """Return the rows of the page at the cursor; raises NoPageError for a wrong one."""
    cursor = _cursor(request)
    size = asked.limit or threads.PAGE_SIZE
    page = Page()
    if article:
        page = cursors.page_of(threads.roots(article), USEFUL_FIRST, cursor, size)
    if cursor and cursor.kind == "after" and page.before is None:
        # Nothing follows any more: not the first page again.
        page = Page()
    return page


def _cursor(request: Request) -> Cursor | None:
    sent = request.query_params.get("cursor")
    if not sent:
        return None
    kind, _, place = sent.partition("-")
    cursor = Cursor.of({kind: place})
    if cursor is None or cursor.votes is None:
        raise NoPageError
    return cursor


def address_of(request: Request, kind: str, place: str | None) -> str | None:
    """Return the address of the page after or before a place, or None without a place."""
    if place is None:
        return None
    return str(replace_query_param(request.build_absolute_uri(), "cursor", f"{kind}-{place}"))
