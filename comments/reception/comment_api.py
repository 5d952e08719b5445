"""The REST API for one published comment, and for the numbers of comments of many articles."""

from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from comments import threads
from comments.models import DEFAULT_KEY, Article
from comments.reception.comment_schema import COUNTS, MAX_COUNTED, ONE_COMMENT
from comments.reception.keys import validated_key
from comments.reception.listing import as_json
from comments.reception.missing import NoArticleError, NoCommentError, require_site
from comments.reception.public_answer import FOR_A_MINUTE, by_content, unless_known


class OneComment(APIView):
    @extend_schema(**ONE_COMMENT)
    def get(
        self, request: Request, key: str, number: int, site: str = DEFAULT_KEY
    ) -> HttpResponseBase:
        article = Article.objects.with_list_version(validated_key(key), site)
        if article is None:
            require_site(site)
            raise NoArticleError
        comment = _published(article, number)
        # Replies come and go with the lists.
        etag = f'"{article.pk}-{article.thread_revision}-{number}"'
        return unless_known(request, etag, lambda: JSONRenderer().render(comment))


class Counts(APIView):
    @extend_schema(**COUNTS)
    def get(self, request: Request, site: str = DEFAULT_KEY) -> HttpResponseBase:
        asked = _keys(request.query_params.getlist("keys"))
        articles = Article.objects.filter(site=site, key__in=asked.values())
        counts = dict(articles.order_by().values_list("key", "published_count"))
        if not counts:
            require_site(site)
        found = {sent: counts.get(known, 0) for sent, known in asked.items()}
        return by_content(request, {"counts": found}, FOR_A_MINUTE)


def _published(article: Article, number: int) -> dict[str, Any]:
    """Return a comment that readers see, as the list shows it."""
    seen = article.comments.visible().filter(pk=number) | threads.roots(article).filter(pk=number)
    rows = threads.rows(seen)
    for row in threads.with_replies(rows):
        return as_json(row)
    raise NoCommentError


def _keys(sent: list[str]) -> dict[str, str]:
    """Return the keys that were sent, each with its normal form; raises ValidationError."""
    asked = list(dict.fromkeys(key for each in sent for key in each.split(",") if key))
    if not 0 < len(asked) <= MAX_COUNTED:
        sentence = _("Send 1 to %(most)d keys, with commas between them.") % {"most": MAX_COUNTED}
        raise exceptions.ValidationError({"keys": [exceptions.ErrorDetail(sentence, "invalid")]})
    try:
        return {key: validated_key(key) for key in asked}
    except exceptions.ValidationError as error:
        details: Any = error.detail
        raise exceptions.ValidationError({"keys": details["key"]}) from None
