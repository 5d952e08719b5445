"""What a moderator did in one step, so that it can be undone in one step."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.append_only import AppendOnly


def undo_time() -> dt.timedelta:
    """How long an act can be undone without a question; until then nobody outside is told of it."""
    return dt.timedelta(minutes=settings.UNDO_MINUTES)


class ActKind(models.TextChoices):
    DECISION = "decision", _("decision")
    AUTHOR = "author", _("measure about an author")
    POLICY = "policy", _("site policy")
    ARTICLE = "article", _("article")
    PICK = "pick", _("editor's pick")


class Act(AppendOnly):
    """One press of a button by a moderator: decisions on one or many comments, a ban, a rule.

    `before` has what is needed to undo it, where the decisions do not say it.
    """

    kind = models.CharField(_("what was done"), max_length=10, choices=ActKind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("moderator")
    )
    before = models.JSONField(_("state before"), default=dict, editable=False)
    # One act undoes another at most once.
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="undone_by", verbose_name=_("undoes")
    )
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["user", "id"]),
            # There are few, and a comment's page looks for its own.
            models.Index(
                name="%(app_label)s_%(class)s_picks",
                fields=["id"],
                condition=models.Q(kind=ActKind.PICK),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_recent(self) -> bool:
        """Whether it can be undone without a question."""
        return timezone.now() < self.created_at + undo_time()
