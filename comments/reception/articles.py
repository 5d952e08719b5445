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
    """Return the site with this key, if it exists; the first site always does."""
    return Site.objects.default() if key == DEFAULT_KEY else Site.objects.filter(pk=key).first()


def get_or_create_article(article: Article) -> Article:
    """Store the article if it is new; of two first comments at once, both get the same row."""
    if article.pk:
        return article
    facts = {name: getattr(article, name) for name in _DESCRIPTION_FIELDS}
    return Article.objects.get_or_create(site_id=article.site_id, key=article.key, defaults=facts)[
        0
    ]


_DESCRIPTION_FIELDS = ("url", "title", "section", "language", "published_at")


@transaction.atomic
def put_article(*, site: Site, key: str, facts: dict[str, Any]) -> tuple[Article, bool]:
    """Create or update an article, and return it and whether it is new.

    Fields that are not in `facts`, its comments and its counts stay as they are.
    """
    article, is_new = Article.objects.get_or_create(site=site, key=key, defaults=facts)
    if not is_new:
        Article.objects.filter(pk=article.pk).update(**facts)
        article.refresh_from_db()
    return article, is_new
