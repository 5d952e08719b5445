"""An article: a page of a site that readers comment on, known by its frontend's own key."""

from collections.abc import Iterable

from django.db import connection, models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.fields import CheckedCharField, CheckedTextField, CheckedURLField
from comments.models.site import DEFAULT_KEY, Site
from comments.validators import (
    ARTICLE_URL_CHECKS,
    KEY_LONGEST,
    NAME_CHECKS,
    validate_article_key,
    validate_language,
)

# More of an article is not read when a comment is compared with it.
ARTICLE_TEXT_LONGEST = 50_000


class ArticleManager(models.Manager["Article"]):
    def sites_of(self, ids: Iterable[int]) -> dict[int, str]:
        """The site's key of each of these articles, in one query."""
        return dict(self.filter(pk__in=set(ids)).values_list("pk", "site"))

    def discussed(self, key: str, site: str) -> "Article":
        """The article with what its discussion is known by; raises Article.DoesNotExist.

        Each call of REST begins with it, and the statement takes a tenth of the time in which the
        ORM would make it.
        """
        table, name = map(connection.ops.quote_name, (self.model._meta.db_table, "key"))
        statement = (
            f"SELECT id, site_id, {name}, closes_at, thread_revision FROM {table} "  # noqa: S608
            f"WHERE site_id = %s AND {name} = %s"
        )
        for article in self.raw(statement, [site, key]):
            return article
        raise self.model.DoesNotExist


class Article(models.Model):
    site = models.ForeignKey(Site, models.PROTECT, verbose_name=_("site"))
    key = CheckedCharField(
        _("key"),
        max_length=KEY_LONGEST,
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
    # Plain or with its markup. Never shown: what a comment quotes from it is not the comment's own.
    text = CheckedTextField(_("text"), max_length=ARTICLE_TEXT_LONGEST, blank=True, editable=False)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    closes_at = models.DateTimeField(
        _("closes"),
        null=True,
        blank=True,
        help_text=_(
            "No comments are accepted from this time on. Leave empty to keep the discussion open."
        ),
    )
    # Kept by moderation.transitions together with the statuses that they follow from.
    published_count = models.PositiveIntegerField(
        _("published comments"), default=0, editable=False
    )
    # What the list's ETag is made of: it changes when what the list shows does. Votes, views and
    # other counters stay in rows of their own: they would make each kept copy of a list worthless,
    # and wait for the lock that each decision on the article takes.
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
        """The service's own page of the article."""
        of_site = {} if self.site_id == DEFAULT_KEY else {"site": self.site_id}
        return reverse("comments:article", kwargs={"key": self.key, **of_site})

    @property
    def address(self) -> str:
        """Where its readers read it."""
        return self.url or self.get_absolute_url()

    @property
    def is_closed(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()
