"""Site keys: the secrets of a site's own programs, and of other systems that ask for checks."""

import secrets
import string
from dataclasses import asdict, dataclass
from hashlib import sha256

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from comments.models.site import Site

# WordPress takes no other length. A key may be part of a host name, where capitals do not count.
CHECK_KEY_LENGTH = 12
_CHECK_KEY_SIGNS = string.ascii_lowercase + string.digits


class KeyScope(models.TextChoices):
    """What a site key allows; each includes those before it, but checks stand alone."""

    ARTICLES = "articles", _("register articles")
    READ = "read", _("read comments, decisions, policy and events")
    DECIDE = "decide", _("decide about comments")
    CHECK = "check", _("check texts of other systems")

    def includes(self, other: "KeyScope") -> bool:
        if KeyScope.CHECK in {self, other}:
            return self == other
        scopes = list(KeyScope)
        return scopes.index(self) >= scopes.index(other)


class Doubt(models.TextChoices):
    """What a system that knows only spam hears about a text that a person should see."""

    HOLD = "hold", _("hold it; a system that cannot takes it for spam")
    LATER = "later", _("not spam, but check it again later")


@dataclass(frozen=True, kw_only=True)
class CheckOptions:
    """How texts of other systems are checked with a key, and what is kept of them."""

    toxicity_is_spam: bool = False
    doubt: Doubt = Doubt.HOLD
    # Days for which a checked text is kept; 0 keeps nothing of it.
    text_kept_days: int = 0


class SiteKeyManager(models.Manager["SiteKey"]):
    def add(self, site: Site, name: str, scope: KeyScope = KeyScope.ARTICLES) -> str:
        """Create a key of the site and return it; only its hash is stored."""
        made = SiteKey(site=site, name=name, scope=scope)
        key = made.renew()
        made.save(force_insert=True)
        return key

    def add_for_checks(self, site: Site, name: str, options: CheckOptions | None = None) -> str:
        """Create a key for checks and return it; only its hash is stored."""
        made = SiteKey(site=site, name=name, scope=KeyScope.CHECK)
        for option, value in asdict(options or CheckOptions()).items():
            setattr(made, option, value)
        key = made.renew()
        made.save(force_insert=True)
        return key

    def active(self, key: str) -> "SiteKey | None":
        """Return the active key of a program with its site; none of those for checks."""
        found = self.select_related("site").filter(digest=_digest(key), revoked_at=None)
        return found.exclude(scope=KeyScope.CHECK).first()

    def active_for_checks(self, key: str) -> "SiteKey | None":
        """Return the active key for checks with its site; capitals make no difference."""
        found = self.select_related("site").filter(digest=_check_digest(key), revoked_at=None)
        return found.filter(scope=KeyScope.CHECK).first()

    def revoke(self, site: Site, name: str) -> bool:
        """Revoke a key by its name, and return whether it was active."""
        known = self.filter(site=site, name=name, revoked_at=None)
        return bool(known.update(revoked_at=timezone.now()))


class SiteKey(models.Model):
    """A secret with which a program uses the service, within its scope."""

    site = models.ForeignKey(Site, models.CASCADE, verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scope = models.CharField(
        _("allows"), max_length=10, choices=KeyScope, default=KeyScope.ARTICLES
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    # The following are for checks alone: see CheckOptions.
    toxicity_is_spam = models.BooleanField(
        _("insults and threats count as spam"),
        default=False,
        help_text=_("For systems that know only spam and not spam."),
    )
    doubt = models.CharField(
        _("answer about a doubtful text"),
        max_length=10,
        choices=Doubt,
        default=Doubt.HOLD,
        help_text=_(
            "The first is safe: WordPress and Discourse hold it for a person, others put it into "
            "the spam folder. With the second most systems publish it at once."
        ),
    )
    text_kept_days = models.PositiveSmallIntegerField(
        _("days for which checked texts are kept"),
        default=0,
        validators=[MaxValueValidator(365)],
        help_text=_(
            "0: nothing of a text is kept. Otherwise it is kept with its sender's name and website "
            "and without the e-mail, so that reported mistakes can improve the model."
        ),
    )

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

    def renew(self) -> str:
        """Set the hash of a new key and return the key; the row is not saved."""
        if self.scope == KeyScope.CHECK:
            key = "".join(secrets.choice(_CHECK_KEY_SIGNS) for _ in range(CHECK_KEY_LENGTH))
            self.digest = _check_digest(key)
        else:
            key = secrets.token_urlsafe(32)
            self.digest = _digest(key)
        return key

    def allows(self, scope: KeyScope) -> bool:
        return KeyScope(self.scope).includes(scope)


def _digest(key: str) -> str:
    """Hash a key; with 256 random bits it needs no salt."""
    return sha256(key.encode()).hexdigest()


def _check_digest(key: str) -> str:
    """Hash a key for checks with our own secret: 62 random bits could be found by trying."""
    return salted_hmac("comments.check", key.lower(), algorithm="sha256").hexdigest()
