"""Mail: who wants to be told about which comment, and each e-mail, which is also their log.

No address is stored here: it is read from the comment's sealed contact when an e-mail is sent.
"""

import uuid
from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment


class Consent(models.Model):
    """Whether the writer of comments (one e-mail in one browser) wants e-mails.

    Anybody can type an e-mail, so its owner has to confirm it, once for each browser and site.
    """

    writer_key = models.CharField(max_length=64, unique=True, editable=False)
    # All consents of one address on one site: it can refuse them together.
    author_key = models.CharField(max_length=64, db_index=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"consent {self.pk}"

    @property
    def in_force(self) -> bool:
        return self.confirmed_at is not None and self.ended_at is None


class SubscriptionManager(models.Manager["Subscription"]):
    def forget(self, comments: Collection[int]) -> None:
        """Delete everything about e-mails about these comments."""
        self.filter(comment__in=comments).delete()
        Consent.objects.filter(subscriptions=None).delete()

    def export(self, comment: Comment) -> dict[str, Any] | None:
        """Return what is stored about e-mails about a comment, ready for JSON."""
        found = self.filter(pk=comment.pk).select_related("consent").first()
        if found is None:
            return None
        ended = found.ended_at or found.consent.ended_at
        confirmed = found.consent.confirmed_at
        sent = [(mail.kind, mail.sent_at) for mail in found.mails.order_by("pk")]
        return {
            "asked": found.created_at.isoformat(),
            "confirmed": confirmed.isoformat() if confirmed else None,
            "ended": ended.isoformat() if ended else None,
            "sent": [{"what": kind, "at": at.isoformat()} for kind, at in sent if at],
        }


class Subscription(models.Model):
    """A comment whose author ticked the box."""

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="subscription"
    )
    consent = models.ForeignKey(Consent, models.CASCADE, related_name="subscriptions")
    language = models.CharField(max_length=5, editable=False)
    # The author wants no more about this comment; `Consent.ended_at` is about all of them.
    ended_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SubscriptionManager()

    def __str__(self) -> str:
        return f"subscription to {self.comment_id}"


class MailKind(models.TextChoices):
    CONFIRM = "confirm", _("asks to confirm the address")
    DECISION = "decision", _("a decision on the comment")
    REPLY = "reply", _("a reply to the comment")


class MailState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    # From just before the mail server is given the content until it has answered.
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
    SKIPPED = "skipped", _("not sent: no longer true")
    # A worker died, or the connection broke, while the mail server had it.
    UNCLEAR = "unclear", _("perhaps sent")


def new_mail_id() -> str:
    return uuid.uuid4().hex


class Mail(models.Model):
    """One e-mail about one comment. Its text is made when it is sent."""

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="mails", verbose_name=_("comment")
    )
    kind = models.CharField(_("what it says"), max_length=10, choices=MailKind)
    # Of the decision, or of the reply; 0 otherwise. So nothing is told twice.
    number = models.PositiveBigIntegerField(default=0, editable=False)
    uid = models.CharField("Message-ID", max_length=40, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=MailState, default="waiting")
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    # The mail server's code, or what went wrong; never its words, which may quote the address.
    answer = models.CharField(_("last answer"), max_length=40, blank=True, editable=False)

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ("-id",)
        indexes = (
            models.Index(
                name="%(app_label)s_%(class)s_due",
                fields=["due_at", "id"],
                condition=models.Q(state="waiting"),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["subscription", "kind", "number"]
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Lane(models.Model):
    """The way to the mail server: one worker at a time sends, until `claimed_until`."""

    name = models.CharField(max_length=20, primary_key=True)
    claimed_until = models.DateTimeField(null=True)
    # The server did not take anything; it is asked again then.
    paused_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
