"""Create articles: with the first comment under a key, or for the website's server."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy

from comments.models import DEFAULT_KEY, Article, Site

CLOSED = gettext_lazy("This discussion is closed: you can no longer comment here.")


class ClosedError(Exception):
    """The article takes no more comments."""

    sentence = CLOSED


def site_of(key: str) -> Site | None:
    """The site that an address names, if there is one; the first is there from the start."""
    return Site.objects.default() if key == DEFAULT_KEY else Site.objects.filter(pk=key).first()


def settled(article: Article) -> Article:
    """The article's row, which is made with its first comment: for two at once there is one."""
    if article.pk:
        return article
    facts = {name: getattr(article, name) for name in _DESCRIBED}
    return Article.objects.get_or_create(site_id=article.site_id, key=article.key, defaults=facts)[
        0
    ]


_DESCRIBED = ("url", "title", "section", "language", "published_at")


@transaction.atomic
def put_article(*, site: Site, key: str, facts: dict[str, Any]) -> tuple[Article, bool]:
    """The article as the website has it, and whether it is new; what is not named stays.

    Neither the counts nor the comments are touched, wherever the article has moved to.
    """
    article, is_new = Article.objects.get_or_create(site=site, key=key, defaults=facts)
    if not is_new:
        Article.objects.filter(pk=article.pk).update(**facts)
        article.refresh_from_db()
    return article, is_new
