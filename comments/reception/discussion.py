"""What the article page shows of the discussion: a page of threads, or of one thread's replies."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict

from comments import threads
from comments.identity import is_id, own_comment_ids, put_away_versions
from comments.models import IN_THREAD, MAX_TEXT_LENGTH, Article, Comment
from comments.reception import cursors, own_comments, own_reports, own_votes
from comments.reception.cursors import USEFUL_FIRST, Cursor
from comments.reception.structured_data import json_ld
from comments.reception.tree import Item, Placing, Thread, folded_thread, whole_thread
from moderation.labels import for_author

ORDERS = {
    "newest": ("-created_at", "-id"),
    "oldest": ("created_at", "id"),
    "useful": USEFUL_FIRST,
}
# What an address keeps when a comment is sent from it.
_KEPT = ("order", "thread", "after", "before")


@dataclass(frozen=True)
class Asked:
    """What the address asks for: an order, a page, one thread, a comment to show."""

    order: str
    cursor: Cursor | None
    thread: Comment | None
    comment: Comment | None

    @classmethod
    def of(cls, request: HttpRequest, article: Article) -> "Asked":
        query = request.GET
        return cls(
            order=query["order"] if query.get("order") in ORDERS else "newest",
            cursor=Cursor.of(query),
            thread=_thread(article, query.get("thread", "")),
            comment=published(article, query.get("comment", "")),
        )

    @property
    def is_newest(self) -> bool:
        """Whether new comments appear at the top of the page."""
        return self.order == "newest" and not (self.cursor or self.thread or self.comment)


@dataclass(frozen=True)
class Shown:
    """A page of threads, or if `root` is set of its replies."""

    root: Comment | None
    page: cursors.Page

    @property
    def ids(self) -> set[int]:
        return threads.ids(self.page.rows) | ({self.root.pk} if self.root else set())

    def threads(self, placing: Placing) -> list[Thread]:
        if self.root:
            return [whole_thread(self.root, self.page.rows, placing)]
        return [folded_thread(row, placing) for row in self.page.rows]


def context(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Return what the templates of the discussion need."""
    own_ids = own_comment_ids(request)
    mine = own_comments.read(article, own_ids)  # before the list: see own_comments
    mine = own_comments.without_put_away(mine, put_away_versions(request))
    asked = Asked.of(request, article)
    shown = _read(article, asked)
    ids = shown.ids
    own = own_comments.select(article, mine, ids)
    linked = asked.comment.pk if asked.comment else 0
    placing = Placing([Item(comment, for_author(comment)) for comment in own.waiting], linked)
    seen = shown.threads(placing)
    return {
        "article": article,
        "article_path": article.get_absolute_url(),
        "live_address": article.live_path if settings.LIVE_SECONDS else "",
        "hint_address": article.hint_path if settings.HINTS else "",
        "is_newest": asked.is_newest,
        "order": asked.order,
        "has_orders": bool(shown.page.before or shown.page.after or len(seen) > 1),
        "thread_root": shown.root,
        "page": shown.page,
        "threads": seen,
        "shown_ids": ids,
        "json_ld": json_ld(article, shown.page.rows, f"{request.scheme}://{request.get_host()}"),
        "linked_id": linked,
        "own_ids": own_ids,
        "text_limit": MAX_TEXT_LENGTH,
        # The newest first: it is what the reader has just sent.
        "own_waiting": placing.besides({each.number for each in seen})[::-1],
        "own_undecided": own.undecided,
        "own_on_other_pages": [
            (c, for_author(c), own_comments.comment_url(c)) for c in own.on_other_pages
        ],
        **own_votes.context(request, article, ids),
        **own_reports.context(request, article, ids),
    }


def address_of_sent(request: HttpRequest, comment: Comment) -> str:
    """Return the address of the page from which a comment was sent, with the comment in view."""
    query = _kept(request)
    if comment.parent_id is None:
        query.pop("thread", None)
        # Stay on this page of the list when the comment is published.
        if query.get("order") == "oldest" and Cursor.of(query) is None:
            query["after"] = "0"
    return _address(comment, query)


def address_of_kept(request: HttpRequest, comment: Comment) -> str:
    """Return the address of the page that the reader sees, with the comment in view."""
    return _address(comment, _kept(request))


def published(article: Article, asked: str) -> Comment | None:
    """Return the comment with the asked number if readers see it under the article."""
    return article.comments.visible().filter(pk=asked).first() if is_id(asked) else None


def _kept(request: HttpRequest) -> QueryDict:
    query = request.GET.copy()
    for name in query.keys() - set(_KEPT):
        del query[name]
    return query


def _address(comment: Comment, query: QueryDict) -> str:
    query["comment"] = str(comment.pk)
    return f"{comment.article.get_absolute_url()}?{query.urlencode()}#{comment.anchor}"


def _read(article: Article, asked: Asked) -> Shown:
    """Read the page that is asked for; if none is, one that has the comment that is asked for."""
    if asked.thread:
        return _replies(asked.thread, asked)
    comments, order, linked = threads.roots(article), ORDERS[asked.order], asked.comment
    page = cursors.page_of(comments, order, asked.cursor)
    top = (linked.parent_id or linked.pk) if linked else None
    if top and not asked.cursor and top not in threads.ids(page.rows):
        page = cursors.page_of(comments, order, Cursor("from", top))
    rows = threads.with_replies(page.rows, also=linked.pk if linked else None)
    return Shown(None, cursors.Page(rows, page.before, page.after))


def _replies(root: Comment, asked: Asked) -> Shown:
    comments, linked = threads.replies(root.pk), asked.comment
    page = cursors.page_of(comments, IN_THREAD, asked.cursor)
    is_reply = linked is not None and linked.parent_id == root.pk
    if linked and is_reply and not asked.cursor and linked.pk not in threads.ids(page.rows):
        page = cursors.page_of(comments, IN_THREAD, Cursor("from", linked.pk))
    return Shown(root, cursors.Page([*map(threads.shown, page.rows)], page.before, page.after))


def _thread(article: Article, asked: str) -> Comment | None:
    if not is_id(asked):
        return None
    root = threads.roots(article).annotate(**threads.OF_NEWSROOM).filter(pk=asked).first()
    if root and root.is_withdrawn:
        root.author_name = root.author_url = root.text = ""
    return root
