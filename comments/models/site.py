"""A site: one publication with its own articles, policy and readers' records."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.origins import is_allowed, is_origin

DEFAULT_KEY = "main"


class SiteManager(models.Manager["Site"]):
    def default(self) -> "Site":
        """Return the first site, which is created on first use."""
        return self.get_or_create(key=DEFAULT_KEY, defaults={"name": settings.SITE_NAME})[0]


class Site(models.Model):
    """A publication. Invisible in an installation with only one."""

    # Other rows and the hashes in identity.py contain the key, so no lookup is needed and the key
    # must never change.
    key = models.SlugField(_("key"), primary_key=True, max_length=40)
    name = models.CharField(_("name of the site"), max_length=80)
    origins = models.TextField(
        _("web addresses of the site"),
        blank=True,
        help_text=_(
            "One per line, such as https://www.example.org. Comments are accepted only for "
            "articles under these addresses. Leave empty to use the addresses in the "
            "service's settings."
        ),
    )

    objects = SiteManager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        wrong = next((each for each in self.origins.split() if not is_origin(each)), None)
        if wrong is not None:
            sentence = _("%(text)s is not an address like https://www.example.org.") % {
                "text": wrong
            }
            raise ValidationError({"origins": sentence})

    def allows(self, url: str) -> bool:
        """Whether an article of the site may have this URL."""
        return is_allowed(url, self.origins.split())
