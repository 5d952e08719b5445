"""The event log (outbox): append-only, for everything that follows what happens to comments."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.append_only import AppendOnly


class EventKind(models.TextChoices):
    SUBMITTED = "submitted", _("submitted")
    DECIDED = "decided", _("decided")
    EDITED = "edited", _("edited")
    ERASED = "erased", _("erased")


class Event(AppendOnly):
    """One thing that happened to one comment; written by comments.events, and read by it too.

    Without personal data: who may read the text looks at the comment. Comment and site are named
    and no foreign keys: an event is history, which may outlive them, and a key would lock the row
    of the site for each comment that comes in.
    """

    kind = models.CharField(_("what happened"), max_length=10, choices=EventKind)
    comment_number = models.PositiveBigIntegerField(_("comment"))
    site_key = models.CharField(_("site"), max_length=40)
    # Of the comment after it: status, reason, revision; and by what kind of actor.
    payload = models.JSONField(_("details"), default=dict)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} #{self.comment_number}"
