"""Atom feeds of an article's latest comments and of a site's."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import strip_spaces_between_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from comments.markup import comment_html
from comments.models import DEFAULT_KEY, ERASED_TEXT, Article, Comment, CommentQuerySet, Site
from comments.reception.articles import site_of
from comments.reception.own_comments import comment_url

ENTRIES = 50
# How far back a site's feed goes.
SITE_DAYS = 30
CACHE_SECONDS = 60


class _CommentsFeed(Feed):
    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer in the language of the publication, the same for every reader."""
        with override(settings.LANGUAGE_CODE):
            response: HttpResponse = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=CACHE_SECONDS)
        return response

    def item_title(self, item: Comment) -> str:
        return _("%(name)s on “%(article)s”") % {
            "name": item.author_name,
            "article": item.article.title,
        }

    def item_description(self, item: Comment) -> str:
        return strip_spaces_between_tags(comment_html(item.text))

    def item_link(self, item: Comment) -> str:
        url = item.article.url
        return f"{url}#{item.anchor}" if url else comment_url(item)

    def item_categories(self, item: Comment) -> list[str]:
        marks = {"staff_answer": _("Newsroom"), "pick": _("Editor’s pick")}
        return [words for name, words in marks.items() if hasattr(item, name)]

    def item_author_name(self, item: Comment) -> str:
        return item.author_name

    def item_pubdate(self, item: Comment) -> dt.datetime:
        return item.created_at

    def item_updateddate(self, item: Comment) -> dt.datetime:
        return item.decided_at or item.created_at


class ArticleFeed(_CommentsFeed):
    """The latest comments on one article; empty before the first one."""

    def get_object(self, request: HttpRequest, key: str, site: str = DEFAULT_KEY) -> Article:
        return get_object_or_404(Article.objects.defer("text"), site=site, key=key)

    def title(self, article: Article) -> str:
        return _("Comments on “%(article)s”") % {"article": article.title}

    def link(self, article: Article) -> str:
        return article.address

    def items(self, article: Article) -> Iterable[Comment]:
        return _latest(article.comments.all())


class SiteFeed(_CommentsFeed):
    """The latest comments on all articles of a site."""

    def get_object(self, request: HttpRequest, site: str = DEFAULT_KEY) -> Site:
        found = site_of(site)
        if found is None:
            raise Http404
        return found

    def title(self, site: Site) -> str:
        return _("Comments: %(site)s") % {"site": site.name}

    def link(self, site: Site) -> str:
        return "/"

    def items(self, site: Site) -> Iterable[Comment]:
        # A subquery rather than a join, so that the comments are read by age, the newest first; no
        # further back than this, so that a quiet site among busy ones costs little too.
        of_site = Exists(Article.objects.filter(pk=OuterRef("article"), site=site))
        since = timezone.now() - dt.timedelta(days=SITE_DAYS)
        return _latest(Comment.objects.filter(of_site, created_at__gte=since))


def _latest(comments: CommentQuerySet) -> CommentQuerySet:
    shown = comments.visible().exclude(text=ERASED_TEXT)
    related = shown.select_related("article", "staff_answer", "pick")
    return related.order_by("-created_at", "-id")[:ENTRIES]
