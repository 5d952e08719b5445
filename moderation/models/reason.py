"""A site's own reasons for rejecting a comment, each counted as one of the built-in reasons."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comments.models import Site

# A moderator picks one with a single key, 1 to 9.
MAX_ACTIVE = 9


class RejectionReason(models.Model):
    """A reason as moderators of the site see it, and as its authors read it.

    It is never deleted, because decisions refer to it; an inactive one is no longer offered.
    """

    site = models.ForeignKey(Site, models.CASCADE, related_name="rejection_reasons", editable=False)
    # One of policy.verdict.REJECTION_REASONS: statistics and labels know only those.
    code = models.CharField(
        _("counts as"),
        max_length=20,
        help_text=_("Statistics and the log count it as this."),
    )
    name_uk = models.CharField(_("name for moderators, in Ukrainian"), max_length=40)
    name_en = models.CharField(_("name for moderators, in English"), max_length=40, blank=True)
    public_uk = models.CharField(
        _("what the author reads, in Ukrainian"),
        max_length=300,
        blank=True,
        help_text=_("A whole sentence. Empty: the service's own words for what it counts as."),
    )
    public_en = models.CharField(_("what the author reads, in English"), max_length=300, blank=True)
    place = models.PositiveSmallIntegerField(
        _("order"), default=1, help_text=_("Reasons are offered from the lowest number on.")
    )
    active = models.BooleanField(
        _("offered to moderators"),
        default=True,
        help_text=_("What was rejected for a reason keeps it when it is no longer offered."),
    )

    class Meta:
        verbose_name = _("reason for rejection")
        verbose_name_plural = _("reasons for rejection")
        ordering = ("place", "id")
        default_permissions = ("view", "add", "change")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the moderator's language, or in Ukrainian."""
        return (self.name_en if get_language() == "en" else "") or self.name_uk

    @property
    def public(self) -> str:
        """What the author reads in their language; empty if the site has not worded it."""
        return self.public_en if get_language() == "en" else self.public_uk
