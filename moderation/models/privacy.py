"""The log of who accessed readers' personal data."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.append_only import AppendOnly


class PrivacyDeed(models.TextChoices):
    LOOK = "look", _("viewed an e-mail")
    EXPORT = "export", _("exported a person's data")
    ERASURE = "erasure", _("erased a person's data")
    SEARCH = "search", _("searched by e-mail")
    ADDRESS = "address", _("searched by network address")
    LOG = "log", _("exported the log of decisions")
    ARCHIVE = "archive", _("exported comments with e-mails")


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
