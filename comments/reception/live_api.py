"""What an open page asks for every few seconds: how many comments are published by now."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from comments.models import DEFAULT_KEY, Article
from comments.reception.articles import site_of
from comments.reception.keys import validated_key
from comments.reception.schema import KEY, READ_PROBLEMS, header

# A proxy asks at most once a second, however many pages are open.
CACHING = "public, max-age=0, s-maxage=1"


class LiveSerializer(serializers.Serializer):
    comments = serializers.IntegerField(help_text="The number of published comments.")
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
            header("ETag", (200, 304), "Changes when the article's published comments change."),
        ],
        responses={
            200: LiveSerializer,
            304: OpenApiResponse(description="Unchanged since the ETag in If-None-Match."),
            **READ_PROBLEMS,
        },
    )
    def get(self, request: Request, key: str, site: str = DEFAULT_KEY) -> HttpResponseBase:
        article = Article.objects.with_list_version(validated_key(key), site)
        if article is None and site_of(site) is None:
            raise exceptions.NotFound
        count, revision = (article.published_count, article.thread_revision) if article else (0, 0)
        etag = f'"{count}-{revision}"'
        answer: HttpResponse | None = get_conditional_response(request._request, etag)
        if answer is None:
            answer = JsonResponse({"comments": count, "poll_after": settings.LIVE_SECONDS})
        answer.headers["ETag"], answer.headers["Cache-Control"] = etag, CACHING
        return answer
