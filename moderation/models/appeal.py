"""An author's appeal against the rejection of a comment."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment
from moderation.models.act import Act
from moderation.models.decision import Decision

MAX_APPEAL_LENGTH = 500


class Appeal(models.Model):
    """An author's words against a rejection, and the moderator's: see moderation.appeals."""

    # Once a comment.
    comment = models.OneToOneField(
        Comment, models.CASCADE, related_name="appeal", verbose_name=_("comment")
    )
    # Both texts are erased with the comment, which they may quote.
    sentence = models.CharField(_("the author's words"), max_length=MAX_APPEAL_LENGTH, blank=True)
    answer = models.CharField(_("the answer"), max_length=MAX_APPEAL_LENGTH, blank=True)
    # What was appealed against.
    against = models.ForeignKey(
        Decision, models.PROTECT, related_name="+", verbose_name=_("decision")
    )
    # In which the answer was given: if it is undone, the author does not read the answer.
    act = models.ForeignKey(
        Act, models.PROTECT, null=True, related_name="+", db_index=False, editable=False
    )
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        default_permissions = ()
        ordering = ("id",)

    def __str__(self) -> str:
        return f"appeal {self.pk} about {self.comment_id}"
