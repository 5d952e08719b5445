"""A publication that readers comment on; its people, policy and readers are its own."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

DEFAULT_KEY = "main"


class SiteManager(models.Manager["Site"]):
    def default(self) -> "Site":
        """The site of an installation that has one; made when it is first asked for."""
        return self.get_or_create(key=DEFAULT_KEY, defaults={"name": settings.SITE_NAME})[0]


class Site(models.Model):
    """One publication. An installation with one sees nothing of it."""

    # The key itself is what other rows and the hashes of identity.py name the site by, so a site
    # is known without being looked up, and its key is never changed.
    key = models.SlugField(_("key"), primary_key=True, max_length=40)
    name = models.CharField(_("name of the site"), max_length=80)

    objects = SiteManager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")

    def __str__(self) -> str:
        return self.name
