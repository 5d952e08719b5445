"""An article: a page of a site that readers comment on, known by its frontend's own key."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.fields import CheckedCharField, CheckedTextField, CheckedURLField
from comments.models.site import DEFAULT_KEY, Site
from comments.validators import (
    ARTICLE_URL_CHECKS,
    MAX_KEY_LENGTH,
    NAME_CHECKS,
    validate_article_key,
    validate_language,
)

# Comments are compared with this much of an article.
MAX_ARTICLE_TEXT_LENGTH = 50_000


_STATE = ("id", "site_id", "key", "published_at", "closes_at")


class ArticleManager(models.Manager["Article"]):
    def open(self) -> "models.QuerySet[Article]":
        """Return the articles that accept comments now."""
        now = timezone.now()
        closed = Q(closes_at__lte=now)
        if settings.CLOSE_AFTER_DAYS:
            end = now - dt.timedelta(days=settings.CLOSE_AFTER_DAYS)
            closed |= Q(closes_at=None, published_at__lte=end)
        return self.exclude(closed)

    def sites_of(self, ids: Iterable[int]) -> dict[int, str]:
        """Return the key of the site of each of these articles."""
        return dict(self.filter(pk__in=set(ids)).values_list("pk", "site"))

    def discussed(self, key: str, site: str) -> "Article | None":
        """Load what a submission and an open page need; None if there is no such article.

        Raw SQL avoids the cost of building the query with the ORM, which takes ten times as long.
        """
        columns = (*_STATE, "published_count", "thread_revision")
        return next(iter(self.raw(self._by_key(columns), [site, key])), None)

    def with_list_version(self, key: str, site: str) -> "Article | None":
        """Load only the id and `thread_revision` of an article; None if there is no such article.

        Every request for a list begins with this query, which takes a quarter of the time of a raw
        query set.
        """
        columns = ("id", "thread_revision")
        with connection.cursor() as cursor:
            cursor.execute(self._by_key(columns), [site, key])
            row = cursor.fetchone()
        return self.model.from_db(connection.alias, columns, row) if row else None

    def _by_key(self, columns: Iterable[str]) -> str:
        quote = connection.ops.quote_name
        chosen, table = ", ".join(map(quote, columns)), quote(self.model._meta.db_table)
        return f"SELECT {chosen} FROM {table} WHERE site_id = %s AND {quote('key')} = %s"  # noqa: S608


class Article(models.Model):
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("site"))
    key = CheckedCharField(
        _("key"),
        max_length=MAX_KEY_LENGTH,
        validators=[validate_article_key],
        help_text=_("The website's own name for the article, such as its number or slug."),
    )
    url = CheckedURLField(
        _("address"),
        max_length=500,
        blank=True,
        validators=ARTICLE_URL_CHECKS,
        help_text=_("Where readers find the article. Leave empty to use a page of this service."),
    )
    title = CheckedCharField(_("title"), max_length=300, validators=NAME_CHECKS)
    section = CheckedCharField(_("section"), max_length=80, blank=True, validators=NAME_CHECKS)
    language = CheckedCharField(
        _("language"), max_length=35, blank=True, validators=[validate_language]
    )
    # Plain text or HTML, never shown: it identifies what comments quote from the article.
    text = CheckedTextField(
        _("text"), max_length=MAX_ARTICLE_TEXT_LENGTH, blank=True, editable=False
    )
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_(
            "No comments are accepted from this time on. Leave empty for the service's own rule."
        ),
    )
    # Maintained by moderation.transitions together with the statuses.
    published_count = models.PositiveIntegerField(
        _("published comments"), default=0, editable=False
    )
    # Part of the list's ETag: it changes when the list does. Frequently changing counters, such as
    # votes, belong in rows of their own: here they would invalidate every cached list and wait for
    # the lock that each decision takes on the article.
    thread_revision = models.PositiveIntegerField(default=0, editable=False)

    objects = ArticleManager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("-published_at",)
        indexes = (models.Index(fields=["published_at"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["site", "key"], name="%(app_label)s_%(class)s_site_key"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The address of the service's own page of the article."""
        return reverse("comments:article", kwargs=self._url_names())

    @property
    def feed_path(self) -> str:
        """The address of the Atom feed of the article's comments."""
        return reverse("article-feed", kwargs=self._url_names())

    @property
    def address(self) -> str:
        """The address at which readers find the article."""
        return self.url or self.get_absolute_url()

    @property
    def live_path(self) -> str:
        """The address that tells how many comments are published by now."""
        return reverse("article-live", kwargs=self._url_names())

    @property
    def hint_path(self) -> str:
        """The address that gives a hint before a comment is sent."""
        of_site = {} if self.site_id == DEFAULT_KEY else {"site": self.site_id}
        return reverse("hint", kwargs=of_site)

    def _url_names(self) -> dict[str, str]:
        of_site = {} if self.site_id == DEFAULT_KEY else {"site": self.site_id}
        return {"key": self.key, **of_site}

    @property
    def is_closed(self) -> bool:
        """Whether it accepts no more comments: since `closes_at`, or else by CLOSE_AFTER_DAYS."""
        end = self.closes_at
        if end is None and settings.CLOSE_AFTER_DAYS:
            end = self.published_at + dt.timedelta(days=settings.CLOSE_AFTER_DAYS)
        return end is not None and end <= timezone.now()
