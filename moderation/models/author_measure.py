"""Measures about authors: every comment held, none accepted, or trusted by hand."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Site
from moderation.models.act import Act
from moderation.policy.verdict import Measure

KINDS = (
    (Measure.HOLD.value, _("hold for a moderator")),
    (Measure.BAN.value, _("ban")),
    (Measure.TRUST.value, _("trust")),
)


class Scope(models.TextChoices):
    """By which hash the author is recognized: see comments.identity."""

    WRITER = "writer", _("one browser")
    AUTHOR = "author", _("the e-mail, in any browser")
    NETWORK = "network", _("the network")


# Anybody can type an e-mail, so a measure by e-mail may neither reject nor favour its comments.
SCOPES_OF = {
    Measure.HOLD: (Scope.WRITER, Scope.AUTHOR, Scope.NETWORK),
    Measure.BAN: (Scope.WRITER, Scope.NETWORK),
    Measure.TRUST: (Scope.WRITER,),
}


class AuthorMeasureQuerySet(models.QuerySet["AuthorMeasure"]):
    def in_force(self) -> "AuthorMeasureQuerySet":
        return self.filter(Q(until=None) | Q(until__gt=timezone.now()), ended_at=None)


class AuthorMeasure(models.Model):
    """What moderators decided about an author, from its day until it lapses or is ended."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+", verbose_name=_("site"))
    kind = models.CharField(_("measure"), max_length=10, choices=KINDS)
    scope = models.CharField(_("applies to"), max_length=10, choices=Scope)
    # The hash by which comments are recognized, of the kind that the scope says.
    key = models.CharField(max_length=64, editable=False)
    # The author on whose page the measure was taken, and the comment that shows which browser or
    # network is meant.
    author_key = models.CharField(max_length=64, db_index=True, editable=False)
    comment = models.ForeignKey(
        Comment, models.PROTECT, related_name="+", db_index=False, verbose_name=_("comment")
    )
    until = models.DateTimeField(_("until"), null=True)
    reason = models.CharField(_("reason, for colleagues"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ended by"),
    )
    # The latest act on it, which can be undone.
    act = models.ForeignKey(Act, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = AuthorMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure about an author")
        verbose_name_plural = _("measures about authors")
        ordering = ("-id",)
        default_permissions = ("view",)
        permissions = (
            ("hold_author", "Can have every comment of an author held"),
            ("ban_author", "Can ban an author"),
            ("trust_author", "Can trust an author"),
            ("measure_network", "Can take measures about a network"),
        )
        constraints = (
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_a_key",
                fields=["key"],
                condition=Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_scope_check",
                condition=Q(kind=Measure.HOLD.value)
                | Q(kind=Measure.BAN.value, scope__in=["writer", "network"])
                | Q(kind=Measure.TRUST.value, scope="writer"),
            ),
            # Addresses change hands.
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_network_until_check",
                condition=~Q(scope="network") | Q(until__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} by {self.scope}"

    @property
    def is_in_force(self) -> bool:
        return self.ended_at is None and (self.until is None or timezone.now() < self.until)

    @property
    def over_at(self) -> dt.datetime | None:
        """When it stopped, or will stop by itself; None if it will not."""
        return self.ended_at or self.until
