"""The REST API for a website's server: register, move and close its articles."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from comments.models import DEFAULT_KEY, Article
from comments.reception.article_serializers import ArticleSerializer
from comments.reception.articles import put_article
from comments.reception.keys import validated_key
from comments.reception.missing import NoArticleError, require_site
from comments.reception.public_answer import by_content
from comments.reception.schema import ARTICLE, REGISTRATION
from comments.reception.site_keys import KEY_REQUIRED, SiteKeyAuthentication


class ArticleFacts(APIView):
    authentication_classes = (SiteKeyAuthentication,)

    @extend_schema(auth=[], **ARTICLE)
    def get(self, request: Request, key: str, site: str = DEFAULT_KEY) -> HttpResponseBase:
        known = Article.objects.filter(site=site, key=validated_key(key)).defer("text").first()
        if known is None:
            require_site(site)
            raise NoArticleError
        return by_content(request, _facts(request, known))

    @extend_schema(request=ArticleSerializer, **REGISTRATION)
    def put(self, request: Request, key: str, site: str = "") -> Response:
        key_shown: Any = request.auth
        if key_shown is None or site not in {"", key_shown.site_id}:
            raise exceptions.NotAuthenticated(KEY_REQUIRED)
        own = key_shown.site
        serializer = ArticleSerializer(data=request.data, site=own)
        serializer.is_valid(raise_exception=True)
        article, is_new = put_article(
            site=own, key=validated_key(key), facts=serializer.validated_data
        )
        answer = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(_facts(request, article), status=answer)


def _facts(request: Request, article: Article) -> dict[str, Any]:
    return ArticleSerializer(article, context={"request": request}).data
