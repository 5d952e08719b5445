"""The addresses of the feeds, the same in every language."""

from django.urls import path

from comments.reception.converters import ARTICLE
from comments.reception.feeds import ArticleFeed, SiteFeed

urlpatterns = [
    path("comments.atom", SiteFeed(), name="site-feed"),
    path(f"{ARTICLE}comments.atom", ArticleFeed(), name="article-feed"),
    path("sites/<slug:site>/comments.atom", SiteFeed(), name="site-feed"),
    path(
        f"sites/<slug:site>/{ARTICLE}comments.atom",
        ArticleFeed(),
        name="article-feed",
    ),
]
