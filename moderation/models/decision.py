"""Decisions: verdicts on comments, recorded."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.append_only import AppendOnly
from comments.models import Comment, Revision, SiteKey, Status
from moderation.actors import ActorKind
from moderation.models.act import Act
from moderation.models.hours import HourField
from moderation.models.reason import RejectionReason
from moderation.policy.verdict import Outcome

_OTHERS = [kind.value for kind in ActorKind if kind not in {ActorKind.PERSON, ActorKind.PROGRAM}]
# A moderator left it published, or undid that: to its author and to readers nothing has happened.
STAYS_PUBLISHED = models.Q(from_status=Status.PUBLISHED, outcome=Outcome.PUBLISH)


class Decision(AppendOnly):
    """A recorded verdict on a comment: its outcome, its reason and who decided."""

    comment = models.ForeignKey(
        Comment, models.PROTECT, related_name="decisions", verbose_name=_("comment")
    )
    actor_kind = models.CharField(_("decided by"), max_length=10, choices=ActorKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("moderator")
    )
    # The key of the program that decided, whose name is its.
    site_key = models.ForeignKey(
        SiteKey, models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    outcome = models.CharField(_("outcome"), max_length=10)
    reason = models.CharField(_("reason"), max_length=20)
    # The site's own reason, which counts as `reason`; its public wording is what the author reads.
    own_reason = models.ForeignKey(
        RejectionReason,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        editable=False,
    )
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
    # What the moderator did; several decisions may belong to one act.
    act = models.ForeignKey(
        Act, models.PROTECT, null=True, related_name="decisions", db_index=False, editable=False
    )
    created_at = models.DateTimeField(_("decided"), default=timezone.now)
    # Proves this row and the earlier ones of the comment: see moderation.history. Empty in rows
    # that are older than the chain.
    chain = models.CharField(max_length=64, blank=True, default="", editable=False)
    hour = HourField(editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("-id",)
        permissions = (
            ("view_statistics", _("Can view everybody's statistics")),
            ("view_decision_file", _("Can export the log of decisions")),
        )
        indexes = (
            models.Index(fields=["comment", "id"]),
            # All that the statistics of a period need, so that they are read from the index alone.
            models.Index(
                name="%(app_label)s_%(class)s_hour",
                fields=[
                    *("hour", "actor_kind", "user", "outcome", "from_status", "reason"),
                    *("own_reason", "comment"),
                ],
            ),
            models.Index(
                name="%(app_label)s_%(class)s_act",
                fields=["act"],
                condition=models.Q(act__isnull=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_actor_kind_user_check",
                condition=models.Q(
                    actor_kind=ActorKind.PERSON, user__isnull=False, site_key__isnull=True
                )
                | models.Q(actor_kind=ActorKind.PROGRAM, user__isnull=True, site_key__isnull=False)
                | models.Q(actor_kind__in=_OTHERS, user__isnull=True, site_key__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.outcome}: {self.reason}"

    @property
    def by_whom(self) -> str:
        """The moderator's or the program's name, or the kind of any other actor."""
        return str(self.user or self.site_key or self.get_actor_kind_display())
