"""Readers' reports of published comments."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, Status

MAX_SENTENCE_LENGTH = 200


class ReportReason(models.TextChoices):
    SPAM = "spam", _("spam")
    INSULT = "insult", _("insult")
    HATE = "hate", _("hate or threats")
    PERSONAL_DATA = "personal_data", _("personal data")
    OFF_TOPIC = "off_topic", _("off topic")
    OTHER = "other", _("another reason")


class ReportOutcome(models.TextChoices):
    OPEN = "open", _("not decided yet")
    # A moderator rejected the comment, or published it.
    UPHELD = "upheld", _("upheld")
    DISMISSED = "dismissed", _("dismissed")


class Report(models.Model):
    """A reader's report of a comment: see moderation.reports."""

    comment = models.ForeignKey(
        Comment, models.CASCADE, related_name="reports", verbose_name=_("comment")
    )
    # Hashes that link the reports from one browser and from one network: see comments.identity.
    reporter_key = models.CharField(max_length=64, editable=False)
    network_key = models.CharField(max_length=64, blank=True, editable=False)
    reason = models.CharField(_("reason"), max_length=20, choices=ReportReason)
    # In the reader's own words; erased with the comment, which it may quote.
    sentence = models.CharField(_("in a sentence"), max_length=MAX_SENTENCE_LENGTH, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=ReportOutcome, default=ReportOutcome.OPEN
    )
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ()
        ordering = ("id",)
        indexes = (
            models.Index(
                name="%(app_label)s_%(class)s_open",
                fields=["comment"],
                condition=models.Q(outcome="open"),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["reporter_key", "comment"],
                name="%(app_label)s_%(class)s_once_a_reporter",
            ),
        )

    def __str__(self) -> str:
        return f"report {self.pk} of {self.comment_id}"

    @property
    def outcome_for_reporter(self) -> ReportOutcome:
        """The outcome that the reporter is told: a rejection that may yet be undone is not."""
        waits = self.comment.status_for_author != Status.REJECTED
        upheld = self.outcome == ReportOutcome.UPHELD
        return ReportOutcome.OPEN if upheld and waits else ReportOutcome(self.outcome)
