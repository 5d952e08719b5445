"""The REST API for readers' comments: parse, call a service, answer."""

import hashlib
from dataclasses import replace
from functools import partial
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import exceptions
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from comments import threads
from comments.identity import is_id, status_page_path, status_path
from comments.models import DEFAULT_KEY, IN_THREAD, Article, Comment
from comments.reception import examples
from comments.reception.answer_once import answer_once
from comments.reception.article_serializers import AboutArticleSerializer
from comments.reception.articles import site_of
from comments.reception.challenges import new_challenge
from comments.reception.examples import shown
from comments.reception.idempotency import Attempt
from comments.reception.keys import validated_key
from comments.reception.list_query import MAX_LIMIT, NEWEST, USEFUL, ListQuery
from comments.reception.listing import as_json
from comments.reception.missing import (
    NoAddressError,
    NoCommentError,
    NoPageError,
    NoSiteError,
    require_site,
)
from comments.reception.public_answer import by_content, unless_known
from comments.reception.receive import receive_comment
from comments.reception.schema import LISTING, SUBMISSION, problems
from comments.reception.serializers import ChallengeSerializer, PostedComment, SubmissionSerializer
from comments.reception.useful_list import useful_page
from config.client_ip import client_address
from moderation.labels import for_author

# Only first pages of the default size are cached: they are what readers open, and requests with
# arbitrary sizes would evict them.
CACHED_QUERIES = {"", "order=newest", "order=oldest", f"limit={threads.PAGE_SIZE}"}
CACHE_SECONDS = 60
NO_COMMENTS = '"0"'
_ARTICLE_REQUIRED = gettext_lazy(
    "Nobody has commented on this article yet: send its address and title with the first comment."
)


class ThreadPages(CursorPagination):
    page_size = threads.PAGE_SIZE
    page_size_query_param = "limit"
    max_page_size = MAX_LIMIT
    ordering = ("-created_at", "-id")

    def decode_cursor(self, request: Request) -> Any:
        """Reject a cursor without a valid position, before it reaches the database."""
        try:
            cursor = super().decode_cursor(request)
        except exceptions.NotFound:
            raise NoPageError from None
        if cursor and cursor.position and not self.is_position(str(cursor.position)):
            raise NoPageError
        return cursor

    def is_position(self, text: str) -> bool:
        try:
            return parse_datetime(text) is not None
        except ValueError:
            return False

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Any:
        newest_first = request.query_params.get("order", NEWEST) == NEWEST
        return self.ordering if newest_first else ("created_at", "id")


class ReplyPages(ThreadPages):
    """The replies of a thread in its order, which `order` does not change."""

    # A cursor in a branch counts the replies of the branch before it.
    offset_cutoff = 100_000

    def is_position(self, text: str) -> bool:
        return is_id(text)

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Any:
        return IN_THREAD


class ArticleComments(APIView):
    @extend_schema(**LISTING)
    def get(self, request: Request, key: str, site: str = DEFAULT_KEY) -> HttpResponseBase:
        asked = ListQuery.of(request.query_params)
        # Reading creates no article: before the first comment there is none.
        article = Article.objects.with_list_version(validated_key(key), site)
        if article is None:
            require_site(site)
        if asked.order == USEFUL and asked.parent is None:
            return by_content(request, useful_page(request, article, asked))
        etag = list_etag(article)
        return unless_known(request, etag, lambda: _cached_page(request, article, asked, etag))

    @extend_schema(request=SubmissionSerializer, **SUBMISSION)
    def post(self, request: Request, key: str, site: str = DEFAULT_KEY) -> Response:
        known = validated_key(key)

        def receive(attempt: Attempt | None) -> dict[str, Any]:
            posted = PostedComment.of(request.data)
            article = Article.objects.discussed(known, site)
            article = article or _new_article(known, site, posted.about)
            draft, visit = posted.draft(article), posted.visit(client_address(request))
            draft = replace(draft, attempt=attempt)
            comment = receive_comment(article=article, draft=draft, visit=visit)
            return _status(request, comment)

        return answer_once(request, receive, restore=partial(_stored, request))


class NewChallenge(APIView):
    @extend_schema(
        summary="Get a challenge for a comment form",
        operation_id="new_challenge",
        responses={
            200: OpenApiResponse(ChallengeSerializer, "Valid for one comment, for 36 hours."),
            **problems(),
        },
        examples=[shown(examples.CHALLENGE, 200)],
    )
    @method_decorator(never_cache)
    def get(self, request: Request, site: str = DEFAULT_KEY) -> Response:
        return Response(ChallengeSerializer(new_challenge(site)).data)


class NoSuchEndpoint(APIView):
    """Answer an unknown address under the API with a problem document, not a page."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NoAddressError


def list_etag(article: Article | None) -> str:
    """Return the ETag of an article's lists: it changes when the published comments do."""
    return f'"{article.pk}-{article.thread_revision}"' if article else NO_COMMENTS


def _new_article(key: str, site: str, about: Any) -> Article:
    """Build a new article from the frontend's description; it is stored with the comment."""
    own = site_of(site)
    if own is None:
        raise NoSiteError
    if about is None:
        raise exceptions.ValidationError({"article": [_ARTICLE_REQUIRED]}, "required")
    serializer = AboutArticleSerializer(data=about, site=own)
    if not serializer.is_valid():
        raise exceptions.ValidationError({"article": serializer.errors})
    return Article(site=own, key=key, **serializer.validated_data)


def _cached_page(request: Request, article: Article | None, asked: ListQuery, etag: str) -> bytes:
    """Return the requested page as JSON; first pages are cached by ETag."""
    address = f"{etag} {request.build_absolute_uri()}"
    key = hashlib.sha256(address.encode()).hexdigest()
    page: bytes | None = cache.get(key)
    if page is None:
        pages = ReplyPages() if asked.parent else ThreadPages()
        comments = threads.rows(_requested_comments(asked, article))
        rows = pages.paginate_queryset(comments, request) or []
        shown = [as_json(row) for row in threads.with_replies(rows)]
        page = JSONRenderer().render(pages.get_paginated_response(shown).data)
        if article and request.META["QUERY_STRING"] in CACHED_QUERIES:
            cache.set(key, page, CACHE_SECONDS)
    return page


def _requested_comments(asked: ListQuery, article: Article | None) -> QuerySet[Comment]:
    if asked.parent is None:
        return threads.roots(article) if article else Comment.objects.none()
    # Also of a withdrawn one, whose place the list shows.
    if not (article and threads.roots(article).filter(pk=asked.parent).exists()):
        raise NoCommentError
    return threads.replies(asked.parent).filter(article=article)


def _stored(request: Request, number: int) -> dict[str, Any]:
    """Return the status of a comment that an interrupted request has stored."""
    return _status(request, Comment.objects.select_related("parent").get(pk=number))


def _status(request: Request, comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.pk,
        "status": comment.status_for_author,
        "reason": comment.reason_for_author,
        "message": for_author(comment),
        "status_url": request.build_absolute_uri(status_path(comment.pk)),
        "page_url": request.build_absolute_uri(status_page_path(comment.pk)),
    }
