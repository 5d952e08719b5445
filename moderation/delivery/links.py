"""The addresses of this service as others see them: links in mail, addresses in webhooks."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from comments.models import DEFAULT_KEY, Article, Comment


def public(path: str) -> str:
    """Return the complete address of a path of this service."""
    return f"{settings.PUBLIC_URL}{path}"


def article_url(article: Article) -> str:
    """Return where readers find the article: the site's own address, or our page of it."""
    return article.url or public(article.get_absolute_url())


def cached_urls(article: Article) -> Iterable[str]:
    """Return the addresses whose answers change with the list of an article's comments."""
    of_site = {} if article.site_id == DEFAULT_KEY else {"site": article.site_id}
    place = {"key": article.key, **of_site}
    yield public(reverse("article-comments", kwargs=place))
    if article.url:
        yield article.url
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield public(reverse("comments:article", kwargs=place))


def comment_url(comment: Comment) -> str:
    """Return the address of a comment in its thread, in the language that is active."""
    thread = comment.parent_id or comment.pk
    return public(f"{comment.article.get_absolute_url()}?thread={thread}#{comment.anchor}")
