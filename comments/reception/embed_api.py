"""The discussion as HTML for other pages: the site's server or embed.js puts it there."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from comments import threads
from comments.models import DEFAULT_KEY, IN_THREAD, Article, Comment
from comments.reception.api import CACHE_SECONDS, ThreadPages, list_etag
from comments.reception.articles import CLOSED, site_of
from comments.reception.embed_form import ABOUT
from comments.reception.embed_words import words
from comments.reception.forms import CommentForm
from comments.reception.keys import validated_key
from comments.reception.list_query import NEWEST, OLDEST, USEFUL, ListQuery
from comments.reception.missing import NoCommentError, NoSiteError
from comments.reception.public_answer import content_etag, unless_known
from comments.reception.tree import Placing, folded_thread
from comments.reception.useful_list import address_of, useful_rows
from config.version import version

# What embed.js and a site's server ask for; arbitrary addresses would evict what readers open.
CACHED_QUERIES = {"", *(f"lang={code}" for code, _name in settings.LANGUAGES)} | {
    f"lang={code}&order={order}" for code, _name in settings.LANGUAGES for order in (NEWEST, OLDEST)
}
# The discussion as everybody sees it; embed.js adds the reader's own comments.
EVERYBODY = Placing()


class AnyAccept(BaseContentNegotiation):
    """Answer with HTML whatever `Accept` says, and with problem documents as everywhere."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[JSONRenderer, str]:
        return JSONRenderer(), JSONRenderer.media_type


class Fragment(APIView):
    """Not in the OpenAPI document, which describes the JSON that programs read."""

    schema = None
    content_negotiation_class = AnyAccept

    def get(self, request: Request, key: str, site: str = DEFAULT_KEY) -> HttpResponseBase:
        asked = ListQuery.of(request.query_params)
        known, own = validated_key(key), site_of(site)
        if own is None:
            raise NoSiteError
        article = Article.objects.discussed(known, site) or Article(site=own, key=known)
        if asked.order == USEFUL:
            # Votes change it without the article's revision.
            page = _translated(request, article, asked)
            answer = unless_known(request, content_etag(page), lambda: page)
        else:
            etag = _etag(request, article)
            answer = unless_known(request, etag, lambda: _kept(request, article, asked, etag))
        answer.headers["Content-Type"] = "text/html; charset=utf-8"
        return answer


def _etag(request: Request, article: Article) -> str:
    language = _language(request.query_params.get("lang", ""))
    revision = list_etag(article if article.pk else None).strip('"')
    return f'"{revision}-{article.is_closed:d}-{language}-{version()}"'


def _kept(request: Request, article: Article, asked: ListQuery, etag: str) -> bytes:
    """Return the HTML, of first pages from the cache: they are what readers open."""
    address = f"{etag} {request.build_absolute_uri()}"
    key = hashlib.sha256(address.encode()).hexdigest()
    page: bytes | None = cache.get(key)
    if page is None:
        page = _translated(request, article, asked)
        if article.pk and request.META["QUERY_STRING"] in CACHED_QUERIES:
            cache.set(key, page, CACHE_SECONDS)
    return page


def _translated(request: Request, article: Article, asked: ListQuery) -> bytes:
    with override(_language(request.query_params.get("lang", ""))):
        return _rendered(request, article, asked).encode()


def _language(asked: str) -> str:
    known = dict(settings.LANGUAGES)
    return asked if asked in known else settings.LANGUAGE_CODE


def _rendered(request: Request, article: Article, asked: ListQuery) -> str:
    context = _addresses(request, article)
    if asked.parent:
        return _thread(article, asked.parent, context)
    rows, following = _page(request, article, asked)
    context |= {
        "threads": [folded_thread(root, EVERYBODY) for root in threads.with_replies(rows)],
        "next": following,
        "order": asked.order,
        "language": _language(request.query_params.get("lang", "")),
        "live_seconds": settings.LIVE_SECONDS,
        "words": words(),
        "closed": CLOSED,
        "hints": settings.HINTS,
        "hidden": [(name, request.query_params.get(about, "")) for name, about in ABOUT.items()],
        "form": CommentForm(article, auto_id="comment-thread-%s", label_suffix=""),
    }
    return render_to_string("comments/embed/discussion.html", context)


def _page(
    request: Request, article: Article, asked: ListQuery
) -> tuple[Iterable[threads.Row], str | None]:
    """Return the rows of a page, and the address of the next one."""
    if asked.order == USEFUL:
        page = useful_rows(request, article if article.pk else None, asked)
        return page.rows, address_of(request, "after", page.after)
    pages = ThreadPages()
    rows = threads.rows(threads.roots(article) if article.pk else Comment.objects.none())
    return pages.paginate_queryset(rows, request) or [], pages.get_next_link()


def _addresses(request: Request, article: Article) -> dict[str, Any]:
    """Return complete addresses: the page is of another origin."""
    page = request.build_absolute_uri(article.get_absolute_url())
    privacy = request.build_absolute_uri(reverse("comments:privacy"))
    action = f"{page}comments/#wrong"
    return {"article": article, "page": page, "action": action, "privacy": privacy}


def _thread(article: Article, root: int, context: dict[str, Any]) -> str:
    """Render one thread with all its replies."""
    seen = threads.roots(article).filter(pk=root) if article.pk else Comment.objects.none()
    for row in threads.with_replies(threads.rows(seen)):
        replies = threads.rows(threads.replies(root).order_by(*IN_THREAD))
        thread = folded_thread({**row, "replies": list(map(threads.shown, replies))}, EVERYBODY)
        return render_to_string("comments/embed/thread.html", {**context, "thread": thread})
    raise NoCommentError
