"""Decisions, the privacy log, campaigns, site policies and workers' heartbeats."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.append_only import AppendOnly
from comments.models import Comment, Revision, Site, Status
from config.pipeline_timing import timing
from moderation.actors import ActorKind

_WITHOUT_USER = [kind.value for kind in ActorKind if kind != ActorKind.PERSON]


class Decision(AppendOnly):
    """A recorded verdict on a comment: its outcome, its reason and who decided."""

    comment = models.ForeignKey(
        Comment, models.PROTECT, related_name="decisions", verbose_name=_("comment")
    )
    actor_kind = models.CharField(_("decided by"), max_length=10, choices=ActorKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("moderator")
    )
    outcome = models.CharField(_("outcome"), max_length=10)
    reason = models.CharField(_("reason"), max_length=20)
    from_status = models.CharField(_("status before"), max_length=10, choices=Status)
    # The version that was judged. Without an index, because nothing looks up its decisions.
    revision = models.ForeignKey(
        Revision,
        models.PROTECT,
        related_name="decisions",
        db_index=False,
        verbose_name=_("version of the text"),
    )
    # By attribute: {"spam": 0.16, "toxicity": 0.02}. A rejection needs a high score in `sure` too.
    scores = models.JSONField(_("scores"), default=dict, editable=False)
    sure = models.JSONField(_("certainty"), default=dict, editable=False)
    # By judge, then by attribute, if more than one was asked.
    scores_by_judge = models.JSONField(_("scores by judge"), default=dict, editable=False)
    language = models.CharField(_("language"), max_length=5, blank=True)
    model_version = models.CharField(_("model"), max_length=40, blank=True)
    # Those in force then, by attribute: {"spam": {"hold_at": 0.6, "reject_at": 0.9}, ...}.
    thresholds = models.JSONField(_("thresholds"), default=dict, editable=False)
    created_at = models.DateTimeField(_("decided"), default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-id",)
        indexes = (models.Index(fields=["comment", "id"]),)
        constraints = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_actor_kind_user_check",
                condition=models.Q(actor_kind=ActorKind.PERSON, user__isnull=False)
                | models.Q(actor_kind__in=_WITHOUT_USER, user__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.outcome}: {self.reason}"

    @property
    def by_whom(self) -> str:
        """The moderator's name, or the kind of any other actor."""
        return str(self.user or self.get_actor_kind_display())


class PrivacyDeed(models.TextChoices):
    LOOK = "look", _("viewed an e-mail")
    EXPORT = "export", _("exported a person's data")
    ERASURE = "erasure", _("erased a person's data")
    SEARCH = "search", _("searched by e-mail")


class PrivacyEntry(AppendOnly):
    """Who accessed a reader's personal data, and when, without the data.

    The comment is a number instead of a foreign key, so that the entry does not depend on the row.
    """

    deed = models.CharField(_("what was done"), max_length=10, choices=PrivacyDeed)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("by whom")
    )
    # The system user who ran a command.
    operator = models.CharField(_("operator"), max_length=80, blank=True)
    comment_number = models.PositiveBigIntegerField(_("comment"), null=True)
    count = models.PositiveIntegerField(_("number of comments"), default=1)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("personal data log entry")
        verbose_name_plural = _("personal data access log")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.get_deed_display()}: {self.count}"


class TextSignature(models.Model):
    """A signature and the latest comment that has it; kept for CAMPAIGN_HOURS.

    See campaigns.near_duplicates.
    """

    value = models.BigIntegerField(primary_key=True)
    # No foreign key: a signature may outlive its comment, and then matches nothing.
    comment_id = models.BigIntegerField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.value}"


class Membership(models.Model):
    """A comment in a campaign. It may be in several.

    The campaign of a text has the id of its first comment. The campaign of a link or contact has a
    negative number, a keyed hash; the membership is deleted after CAMPAIGN_HOURS unless the comment
    is held.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="membership")
    campaign = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["comment", "campaign"], name="%(app_label)s_%(class)s_comment_campaign_uniq"
            ),
        )

    def __str__(self) -> str:
        return f"{self.comment_id} of {self.campaign}"


class HeldComment(Comment):
    """A proxy model that gives the queue permissions of its own, `view` and `change`."""

    class Meta:
        proxy = True
        default_permissions = ("view", "change")
        verbose_name = _("comment in the queue")
        verbose_name_plural = _("comments in the queue")


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
        return tuple(filter(None, map(str.strip, self.banned_words.splitlines())))


class HeartbeatManager(models.Manager["Heartbeat"]):
    def live(self) -> "list[Heartbeat]":
        """Return the heartbeats of the workers that still run sweeps, latest first.

        Each is compared with the latest one, so that a pause of all sweeps makes none look dead.
        """
        beats = list(self.order_by("-seen_at"))
        allowed = timing().worker_missing
        return [beat for beat in beats if beat.seen_at > beats[0].seen_at - allowed]


class Heartbeat(models.Model):
    """When a worker last finished a sweep, and with which model: one row per worker name."""

    worker = models.CharField(max_length=255, primary_key=True)
    seen_at = models.DateTimeField()
    model_version = models.CharField(max_length=40, blank=True)

    objects = HeartbeatManager()

    def __str__(self) -> str:
        return f"{self.worker}, {self.seen_at.isoformat()}"
