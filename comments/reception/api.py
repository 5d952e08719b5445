"""The REST API for readers' comments: parse, call a service, answer."""

import hashlib
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_datetime
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import exceptions, status
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from comments import threads
from comments.identity import comment_id, is_id, status_path
from comments.models import DEFAULT_KEY, Article, Comment
from comments.reception.article_serializers import AboutArticleSerializer
from comments.reception.articles import site_of
from comments.reception.challenges import new_challenge
from comments.reception.keys import known_key
from comments.reception.receive import receive_comment
from comments.reception.schema import FATE, LISTING, SUBMISSION
from comments.reception.serializers import ChallengeSerializer, SubmissionSerializer
from config.client_ip import client_address
from moderation.labels import for_author

# Readers open the first page; of pages further down every reader wants another one. Of no size but
# these, or whoever asks for all sizes fills the memory and turns the others' pages out.
KEPT_QUERIES = {"", "order=newest", "order=oldest", f"limit={threads.PAGE_SIZE}"}
KEPT_SECONDS = 60
NO_COMMENTS = '"0"'
_FIRST_COMMENT = gettext_lazy(
    "Nobody has commented on this article yet: send its address and title with the first comment."
)
# For proxies, which may show what was taken down for as long as both together: docs/frontend.md.
LIST_CACHING = "public, max-age=0, s-maxage=1, stale-while-revalidate=2"


class ThreadPages(CursorPagination):
    page_size = threads.PAGE_SIZE
    page_size_query_param = "limit"
    max_page_size = 100
    ordering = ("-created_at", "-id")

    def decode_cursor(self, request: Request) -> Any:
        """Refuses a cursor that names no moment, which the database would be asked for."""
        cursor = super().decode_cursor(request)
        try:
            known = cursor is None or not cursor.position or parse_datetime(str(cursor.position))
        except ValueError:
            known = None
        if not known:
            raise exceptions.NotFound(self.invalid_cursor_message)
        return cursor

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Any:
        newest_first = request.query_params.get("order", "newest") != "oldest"
        return self.ordering if newest_first else ("created_at", "id")


class ArticleComments(APIView):
    @extend_schema(**LISTING)
    def get(self, request: Request, key: str, site: str = DEFAULT_KEY) -> HttpResponseBase:
        article = _article(known_key(key), site)
        if article is None and site_of(site) is None:
            raise exceptions.NotFound
        # Changes with every comment of the article that appears or goes, and with nothing else.
        etag = f'"{article.pk}-{article.thread_revision}"' if article else NO_COMMENTS
        answer = get_conditional_response(request._request, etag)
        if answer is None:
            page = _page(request, article, etag)
            answer = HttpResponse(page, content_type="application/json")
        answer.headers["ETag"], answer.headers["Cache-Control"] = etag, LIST_CACHING
        return answer

    @extend_schema(request=SubmissionSerializer, **SUBMISSION)
    def post(self, request: Request, key: str, site: str = DEFAULT_KEY) -> Response:
        known = known_key(key)
        article = _article(known, site)
        serializer = SubmissionSerializer(data=request.data, article=article)
        serializer.is_valid(raise_exception=True)
        article = article or _new_article(known, site, serializer.about)
        visit = serializer.visit(client_address(request))
        comment = receive_comment(article=article, draft=serializer.draft(), visit=visit)
        return Response(_fate(request, comment), status=status.HTTP_202_ACCEPTED)


class SubmissionStatus(APIView):
    @extend_schema(**FATE)
    @method_decorator(never_cache)
    def get(self, request: Request, token: str) -> Response:
        try:
            comment = get_object_or_404(
                Comment.objects.select_related("parent"), pk=comment_id(token)
            )
        except signing.BadSignature:
            raise Http404 from None
        return Response(_fate(request, comment))


class NewChallenge(APIView):
    @extend_schema(
        summary="Get a challenge for a comment form",
        operation_id="new_challenge",
        responses={
            200: OpenApiResponse(ChallengeSerializer, "Valid for one comment, for 36 hours.")
        },
    )
    @method_decorator(never_cache)
    def get(self, request: Request, site: str = DEFAULT_KEY) -> Response:
        return Response(ChallengeSerializer(new_challenge(site)).data)


class NoSuchEndpoint(APIView):
    """A mistyped address is answered in the language of the API, not with a page."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise exceptions.NotFound


def _article(key: str, site: str) -> Article | None:
    """None where nobody has commented yet: a read makes no article."""
    try:
        return Article.objects.discussed(key, site)
    except Article.DoesNotExist:
        return None


def _new_article(key: str, site: str, about: Any) -> Article:
    """What the first comment is about, as its frontend describes it; stored with the comment."""
    own = site_of(site)
    if own is None:
        raise exceptions.NotFound
    if about is None:
        raise exceptions.ValidationError({"article": [_FIRST_COMMENT]}, "required")
    serializer = AboutArticleSerializer(data=about, site=own)
    if not serializer.is_valid():
        raise exceptions.ValidationError({"article": serializer.errors})
    return Article(site=own, key=key, **serializer.validated_data)


def _page(request: Request, article: Article | None, etag: str) -> bytes:
    """The page asked for, as JSON; a first page is kept for as long as its ETag stands."""
    address = f"{etag} {request.build_absolute_uri()}"
    key = hashlib.sha256(address.encode()).hexdigest()
    page: bytes | None = cache.get(key)
    if page is None:
        pages = ThreadPages()
        comments = _asked_for(request, article).values(*threads.FIELDS)
        rows = pages.paginate_queryset(comments, request) or []
        page = JSONRenderer().render(pages.get_paginated_response(threads.with_replies(rows)).data)
        if article and request.META["QUERY_STRING"] in KEPT_QUERIES:
            cache.set(key, page, KEPT_SECONDS)
    return page


def _asked_for(request: Request, article: Article | None) -> QuerySet[Comment]:
    parent = request.query_params.get("parent")
    if parent is not None and not is_id(parent):
        raise exceptions.ValidationError({"parent": [_("This must be a number.")]})
    if article is None:
        return Comment.objects.none()
    if parent is None:
        return threads.roots(article)
    return threads.replies(int(parent)).filter(article=article)


def _fate(request: Request, comment: Comment) -> dict[str, Any]:
    return {
        "id": comment.pk,
        "status": comment.status,
        "reason": comment.reason,
        "message": for_author(comment),
        "status_url": request.build_absolute_uri(status_path(comment.pk)),
    }
