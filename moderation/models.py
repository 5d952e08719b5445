"""What we decided: the append-only log of decisions, what the site has set, and workers seen."""

from typing import Any, NoReturn

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Status


class AppendOnlyError(Exception):
    """A decision was to be changed or removed; a new one is written instead."""


class DecisionQuerySet(models.QuerySet["Decision"]):
    def update(self, **_: Any) -> NoReturn:
        raise AppendOnlyError("Decisions are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Decisions are never removed.")


class Decision(models.Model):
    """A verdict recorded, by the policy (no actor) or by a person."""

    comment = models.ForeignKey(
        Comment, models.PROTECT, related_name="decisions", verbose_name=_("comment")
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("decided by")
    )
    outcome = models.CharField(_("outcome"), max_length=10)
    reason = models.CharField(_("reason"), max_length=20)
    from_status = models.CharField(_("status before"), max_length=10, choices=Status)
    revision = models.PositiveIntegerField(_("revision of the text"))
    spam = models.FloatField(_("spam"), null=True)
    toxicity = models.FloatField(_("toxicity"), null=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    model_version = models.CharField(_("model"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("decided"), default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-id",)
        indexes = (models.Index(fields=["comment", "id"], name="history"),)

    def __str__(self) -> str:
        return f"{self.outcome}: {self.reason}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("Decisions are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Decisions are never removed.")


class Trace(models.Model):
    """The latest comment that left a trace (see classifier.likeness); kept for CAMPAIGN_HOURS."""

    value = models.BigIntegerField(primary_key=True)
    # No foreign key: a trace may outlive its comment, and is then found to lead nowhere.
    comment_id = models.BigIntegerField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.value}"


class CampaignMember(models.Model):
    """A comment that is another one rewritten; a campaign is named by its first comment's id."""

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="membership"
    )
    campaign = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.comment_id} of {self.campaign}"


class HeldComment(Comment):
    """The queue: what waits for a moderator."""

    class Meta:
        proxy = True
        default_permissions = ("view", "change")
        verbose_name = _("comment in the queue")
        verbose_name_plural = _("comments in the queue")


def _threshold(label: Any) -> models.FloatField:
    return models.FloatField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text=_("0 to 1. Empty: as the model's card recommends."),
    )


class SitePolicy(models.Model):
    """What the site has set for the policy: one row, changed in the admin."""

    spam_hold_at = _threshold(_("hold at this spam score"))
    spam_reject_at = _threshold(_("reject at this spam score"))
    toxicity_hold_at = _threshold(_("hold at this toxicity score"))
    toxicity_reject_at = _threshold(_("reject at this toxicity score"))
    max_links = models.PositiveSmallIntegerField(_("links without a moderator"), default=2)
    trusted_after = models.PositiveSmallIntegerField(
        _("trust an author after this many published comments"),
        default=0,
        help_text=_(
            "0: never. An e-mail is not verified, so trust can be borrowed by guessing it."
        ),
    )
    banned_words = models.TextField(
        _("words that hold a comment"),
        blank=True,
        help_text=_("One a line. Whole words only, in any case of letters."),
    )

    class Meta:
        verbose_name = _("policy of the site")
        verbose_name_plural = _("policy of the site")

    def __str__(self) -> str:
        return str(_("policy of the site"))


class Heartbeat(models.Model):
    """When a worker last finished a sweep, and with which model; /readyz reads it."""

    seen_at = models.DateTimeField()
    model_version = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.seen_at.isoformat()
