"""Webhooks: the endpoints of a site, and the messages to them, which are also their log."""

import base64
import secrets
import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments import encryption
from comments.fields import CheckedURLField
from comments.models import Site

MAX_URL_LENGTH = 500
# In the form that libraries for receivers take.
SECRET_PREFIX = "whsec_"  # noqa: S105
_SECRET_BYTES = 32


class MessageKind(models.TextChoices):
    """The `type` of a message. The labels say what happened."""

    CREATED = "comment.created", _("a comment was submitted")
    PUBLISHED = "comment.published", _("a comment was published")
    HELD = "comment.held", _("a comment was held for a moderator")
    REJECTED = "comment.rejected", _("a comment was rejected")
    EDITED = "comment.edited", _("a comment was edited by its author")
    WITHDRAWN = "comment.withdrawn", _("a comment was withdrawn by its author")
    ERASED = "comment.erased", _("the text and the name of a comment were erased")
    PURGE = "purge", _("addresses to purge from a cache")
    TEST = "test", _("a test from the admin")


COMMENT_KINDS = tuple(kind for kind in MessageKind if kind.startswith("comment."))


class MessageState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", _("delivered")
    FAILED = "failed", _("given up")
    # Undone or overtaken before it could be told.
    SKIPPED = "skipped", _("not sent: no longer true")


class Endpoint(models.Model):
    """An address of a site's own server that is told what happens to its comments."""

    site = models.ForeignKey(Site, models.CASCADE, verbose_name=_("site"))
    url = CheckedURLField(_("address"), max_length=MAX_URL_LENGTH)
    kinds = models.JSONField(_("what is sent"), default=list)
    active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("What happens while it is not active is not sent later."),
    )
    # Encrypted: with the secret anybody could send what looks like ours.
    sealed_secret = models.TextField(editable=False)
    # Signs as well while receivers change to the new one.
    sealed_old_secret = models.TextField(blank=True, editable=False)
    key_id = models.CharField(max_length=16, editable=False)
    # Until then nothing is sent: it did not answer in time.
    paused_until = models.DateTimeField(null=True, editable=False)
    # Only one worker sends to an endpoint at a time, until then.
    claimed_until = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("site", "id")

    def __str__(self) -> str:
        return self.url

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.sealed_secret:
            self.seal([new_secret()])
        super().save(*args, **kwargs)

    @property
    def secrets(self) -> list[str]:
        """The current secret, then the old one if it still signs; raises WrongKeyError."""
        sealed = (self.sealed_secret, self.sealed_old_secret)
        return [encryption.unseal(each) for each in sealed if each]

    def seal(self, secrets: list[str]) -> None:
        """Encrypt the current secret, and the old one if there are two."""
        new, old = [*secrets, ""][:2]
        self.sealed_secret, self.sealed_old_secret = encryption.seal(new), encryption.seal(old)
        self.key_id = encryption.key_id()


def new_secret() -> str:
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def new_id() -> str:
    """Return a number that no message has ever had, also after a backup was restored."""
    return f"msg_{uuid.uuid4().hex}"


class Message(models.Model):
    """What one endpoint is told. Its text is made when it is sent, so an erasure reaches it too."""

    endpoint = models.ForeignKey(
        Endpoint, models.CASCADE, related_name="messages", verbose_name=_("webhook")
    )
    # The same in every attempt, so that receivers can recognize a repetition.
    uid = models.CharField("webhook-id", max_length=40, editable=False)
    kind = models.CharField(_("what happened"), max_length=20, choices=MessageKind)
    # Not foreign keys: the event is deleted earlier. None for a test.
    event_number = models.PositiveBigIntegerField(_("event"), null=True)
    comment_number = models.PositiveBigIntegerField(_("comment"), null=True)
    # What the event says: status, reason, revision, by, decision. For a purge: the articles.
    facts = models.JSONField(default=dict, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=MessageState, default=MessageState.WAITING
    )
    happened_at = models.DateTimeField(_("when"), default=timezone.now)
    # Not before then: an undo may still come, or the last attempt failed.
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    # When, what came of it and how long it took, oldest first.
    attempts = models.JSONField(_("attempts"), default=list, editable=False)

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        ordering = ("-id",)
        indexes = (
            models.Index(
                name="%(app_label)s_%(class)s_due",
                fields=["endpoint", "due_at", "id"],
                condition=models.Q(state=MessageState.WAITING),
            ),
            models.Index(fields=["comment_number"]),
            models.Index(fields=["happened_at"]),
        )
        constraints = (
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["endpoint", "event_number", "kind"],
            ),
        )

    def __str__(self) -> str:
        return self.uid

    @property
    def answer(self) -> str:
        """What the last attempt was answered: an HTTP status, or what went wrong."""
        return str(self.attempts[-1]["answer"]) if self.attempts else ""

    def record(self, *, answer: str, seconds: float) -> None:
        """Add an attempt that has just ended."""
        now = timezone.now().isoformat(timespec="seconds")
        attempt = {"at": now, "answer": answer, "ms": round(seconds * 1000)}
        self.attempts = [*self.attempts, attempt]
