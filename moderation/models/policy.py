"""The settings of a site: thresholds, words, names and numbers."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models import Site

# `hold_known_at` is for authors with a published comment, who are held from a higher score.
LIMITS = ("hold_at", "hold_known_at", "reject_at")


def validate_thresholds(value: Any) -> None:
    """Require numbers from 0 to 1 by attribute and limit: {"spam": {"hold_at": 0.6}, ...}."""
    limits = value.values() if isinstance(value, dict) else [value]
    for each in limits:
        if not (isinstance(each, dict) and each.keys() <= set(LIMITS)):
            raise ValidationError(
                _("Thresholds are hold_at, hold_known_at and reject_at of an attribute.")
            )
        if not all(type(at) in {int, float} and 0 <= at <= 1 for at in each.values()):
            raise ValidationError(_("A threshold is a number from 0 to 1."))


def lines_of(text: str) -> list[str]:
    """Return the lines of a setting that has one entry per line, without empty ones."""
    return [line for line in map(str.strip, text.splitlines()) if line]


class SitePolicyManager(models.Manager["SitePolicy"]):
    def of(self, site: str) -> "SitePolicy":
        """Return the policy of the site with this key, or an unsaved one with nothing set."""
        return self.filter(site=site).first() or SitePolicy(site_id=site)


class SitePolicy(models.Model):
    """A site's own policy settings: one row per site, edited in the admin."""

    site = models.OneToOneField(
        Site, models.CASCADE, related_name="policy", editable=False, verbose_name=_("site")
    )
    # Missing ones default to the model's.
    thresholds = models.JSONField(
        _("thresholds"), default=dict, blank=True, validators=[validate_thresholds]
    )
    max_links = models.PositiveSmallIntegerField(_("links allowed without a moderator"), default=2)
    trusted_after = models.PositiveSmallIntegerField(
        _("trust an author after this many published comments"),
        default=0,
        help_text=_(
            "0: never. Only what was sent from one browser under one e-mail counts, so nobody "
            "else can gain that trust or spoil it."
        ),
    )
    banned_words = models.TextField(
        _("words that hold a comment"),
        blank=True,
        help_text=_(
            "One word or phrase per line, looked for in the name, website and text. Case, "
            "apostrophes, stress marks and look-alike letters are ignored. An asterisk stands for "
            "any ending: insult* also finds insults and insulting."
        ),
    )
    reserved_names = models.TextField(
        _("names of the site and its staff"),
        blank=True,
        help_text=_(
            "One per line, in full. A comment under one of these names waits for a moderator, "
            "however it is spelled. The site's own name is always reserved."
        ),
    )
    own_numbers = models.TextField(
        _("the site's own numbers"),
        blank=True,
        help_text=_(
            "One per line: the card or account of a fundraiser, the newsroom's phone. A comment "
            "is not held because of one of them, however it is spaced."
        ),
    )

    show_words = models.BooleanField(
        _("show authors the words that led to the decision"),
        default=False,
        help_text=_(
            "On their own page, as long as only the service has decided. It helps honest readers "
            "to mend a comment, and others to get round the check."
        ),
    )

    objects = SitePolicyManager()

    class Meta:
        verbose_name = _("site policy")
        verbose_name_plural = _("site policy")

    def __str__(self) -> str:
        return str(_("site policy"))

    def threshold(self, attribute: str, limit: str) -> float | None:
        """Return the site's own threshold, or None if the model's applies."""
        found: float | None = self.thresholds.get(attribute, {}).get(limit)
        return found

    @property
    def banned_phrases(self) -> tuple[str, ...]:
        """The lines of `banned_words`, in the form that moderation.policy.reading expects."""
        return tuple(lines_of(self.banned_words))
