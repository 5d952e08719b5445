"""Articles on which every comment waits for a moderator, until a time."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models import Article


class ArticleHold(models.Model):
    """A moderator has set the article to "hold everything here". It lapses by itself."""

    article = models.OneToOneField(
        Article, models.CASCADE, primary_key=True, related_name="hold", verbose_name=_("article")
    )
    until = models.DateTimeField(_("until"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("moderator")
    )

    class Meta:
        verbose_name = _("article on which everything is held")
        verbose_name_plural = _("articles on which everything is held")
        default_permissions = ("change",)

    def __str__(self) -> str:
        return f"{self.article_id} until {self.until:%Y-%m-%d %H:%M}"
