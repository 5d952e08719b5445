"""The event log (outbox): append-only, for everything that follows what happens to comments."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.append_only import AppendOnly


class EventKind(models.TextChoices):
    SUBMITTED = "submitted", _("submitted")
    DECIDED = "decided", _("decided")
    EDITED = "edited", _("edited")
    WITHDRAWN = "withdrawn", _("withdrawn")
    # The author asked for another look at a rejection, and a moderator has decided about it.
    APPEALED = "appealed", _("appealed")
    ANSWERED = "answered", _("appeal answered")
    ERASED = "erased", _("erased")


# Events of a row in the log of decisions, whose number they have.
OF_DECISIONS = frozenset({EventKind.DECIDED, EventKind.APPEALED, EventKind.ANSWERED})


class Event(AppendOnly):
    """An event of one comment, written and read by comments.events.

    It contains no personal data. Comment and site are not foreign keys: events may outlive them,
    and a foreign key would lock the site's row for every submitted comment.
    """

    kind = models.CharField(_("what happened"), max_length=10, choices=EventKind)
    comment_number = models.PositiveBigIntegerField(_("comment"))
    site_key = models.CharField(_("site"), max_length=40)
    # The comment's status, reason and revision after the event, and the kind of actor.
    payload = models.JSONField(_("details"), default=dict)
    created_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind} #{self.comment_number}"
