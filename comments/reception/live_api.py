"""What an open page asks for every few seconds: how many comments are published by now."""

import json

from django.conf import settings
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from comments.models import DEFAULT_KEY, Article
from comments.reception import examples
from comments.reception.examples import shown
from comments.reception.keys import validated_key
from comments.reception.missing import require_site
from comments.reception.public_answer import unless_known
from comments.reception.schema import IF_NONE_MATCH, KEY, READ_PROBLEMS, UNCHANGED, header

# A proxy asks at most once a second, however many pages are open.
CACHING = "public, max-age=0, s-maxage=1"


class LiveSerializer(serializers.Serializer):
    comments = serializers.IntegerField(help_text="The number of published comments.")
    is_closed = serializers.BooleanField(help_text="Whether no more comments are accepted.")
    poll_after = serializers.FloatField(
        help_text="Ask again after so many seconds (`LIVE_SECONDS`), less often when nothing "
        "changes or nobody looks; not at all if it is 0."
    )


class ArticleLive(APIView):
    """Small, the same for every reader and never joined to the comments: many ask for it at once.

    A list's ETag changes at the same moments, so a page fetches the list only when this has.
    """

    @extend_schema(
        summary="Ask whether there are new comments",
        operation_id="watch_comments",
        parameters=[
            KEY,
            IF_NONE_MATCH,
            header("ETag", (200, 304), "Changes when the article's published comments change."),
        ],
        responses={
            200: OpenApiResponse(LiveSerializer, "The number now."),
            304: UNCHANGED,
            **READ_PROBLEMS,
        },
        examples=[shown(examples.LIVE, 200)],
    )
    def get(self, request: Request, key: str, site: str = DEFAULT_KEY) -> HttpResponseBase:
        article = Article.objects.discussed(validated_key(key), site)
        if article is None:
            require_site(site)
        article = article or Article()
        found = {
            "comments": article.published_count,
            "is_closed": article.is_closed,
            "poll_after": settings.LIVE_SECONDS,
        }
        state = f"{article.thread_revision}-{article.is_closed:d}-{settings.LIVE_SECONDS}"
        etag = f'"{article.pk}-{state}"'
        return unless_known(request, etag, lambda: json.dumps(found).encode(), CACHING)
