"""A site: one publication with its own articles, policy and readers' records."""

import secrets
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
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


class KeyScope(models.TextChoices):
    """What a site key allows; each includes those before it."""

    ARTICLES = "articles", _("register articles")
    READ = "read", _("read comments, decisions, policy and events")
    DECIDE = "decide", _("decide about comments")

    def includes(self, other: "KeyScope") -> bool:
        scopes = list(KeyScope)
        return scopes.index(self) >= scopes.index(other)


class SiteKeyManager(models.Manager["SiteKey"]):
    def add(self, site: Site, name: str, scope: KeyScope = KeyScope.ARTICLES) -> str:
        """Create a key of the site and return it; only its hash is stored."""
        key = secrets.token_urlsafe(32)
        self.create(site=site, name=name, digest=_digest(key), scope=scope)
        return key

    def active(self, key: str) -> "SiteKey | None":
        """Return the active key with its site."""
        return self.select_related("site").filter(digest=_digest(key), revoked_at=None).first()

    def revoke(self, site: Site, name: str) -> bool:
        """Revoke a key by its name, and return whether it was active."""
        known = self.filter(site=site, name=name, revoked_at=None)
        return bool(known.update(revoked_at=timezone.now()))


class SiteKey(models.Model):
    """A secret with which a site's own program uses the service, within its scope."""

    site = models.ForeignKey(Site, models.CASCADE, verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(
        _("allows"), max_length=10, choices=KeyScope, default=KeyScope.ARTICLES
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = SiteKeyManager()

    class Meta:
        verbose_name = _("site key")
        verbose_name_plural = _("site keys")
        constraints = (
            models.UniqueConstraint(
                fields=("site", "name"), name="%(app_label)s_%(class)s_site_name"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def allows(self, scope: KeyScope) -> bool:
        return KeyScope(self.scope).includes(scope)


def _digest(key: str) -> str:
    """Hash a key; with 256 random bits it needs no salt."""
    return sha256(key.encode()).hexdigest()
