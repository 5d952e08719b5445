"""The newspaper's front page and stories, each with its discussion."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from comments.demo.models import Story
from comments.models import Article
from comments.reception.views import ArticlePage, FrontPage

RELATED_SHOWN = 3


class LatestNews(FrontPage):
    template_name = "demo/front.html"

    def get_queryset(self) -> QuerySet[Article]:
        return super().get_queryset().filter(story__isnull=False).select_related("story")


def front(request: HttpRequest) -> HttpResponseBase:
    """The newspaper's front page, or the service's own if the demo is not loaded."""
    page = LatestNews if Story.objects.exists() else FrontPage
    return page.as_view()(request)


class StoryPage(ArticlePage):
    """The newspaper's page of an article, or the service's own if it has no story."""

    def articles(self) -> QuerySet[Article]:
        return super().articles().select_related("story")

    def template(self, article: Article) -> str:
        return "demo/story.html" if hasattr(article, "story") else super().template(article)

    def extra_context(self, article: Article) -> dict[str, Any]:
        if not hasattr(article, "story"):
            return {}
        others = Article.objects.filter(story__isnull=False).exclude(pk=article.pk)
        return {"related": others.defer("text")[:RELATED_SHOWN]}
