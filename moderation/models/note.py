"""What moderators write to each other: notes about a comment or an author, and questions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Comment

MAX_NOTE_LENGTH = 1000


class Note(models.Model):
    """A note for colleagues, about one comment or about an author (one e-mail)."""

    comment = models.ForeignKey(
        Comment, models.PROTECT, null=True, related_name="notes", verbose_name=_("comment")
    )
    author_key = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    text = models.TextField(_("note"), max_length=MAX_NOTE_LENGTH)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    mended_at = models.DateTimeField(_("mended"), null=True)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ("id",)
        default_permissions = ("view", "add")
        constraints = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_subject_check",
                condition=Q(comment__isnull=False, author_key="")
                | (Q(comment=None) & ~Q(author_key="")),
            ),
        )

    def __str__(self) -> str:
        return f"note {self.pk}"


class NoteVersion(models.Model):
    """What a note said before its writer mended it. Deleted only with the note."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="versions")
    text = models.TextField()
    # When this text was replaced.
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("id",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"an earlier text of note {self.note_id}"


class Question(models.Model):
    """A question about a held comment, to one colleague or to the leads."""

    comment = models.ForeignKey(
        Comment, models.PROTECT, related_name="questions", verbose_name=_("comment")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    # None for the leads.
    addressee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("addressee"),
    )
    text = models.TextField(_("question"), max_length=MAX_NOTE_LENGTH)
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    answer = models.OneToOneField(
        Note, models.SET_NULL, null=True, related_name="answers", verbose_name=_("answer")
    )
    answered_at = models.DateTimeField(_("answered"), null=True)

    class Meta:
        verbose_name = _("question to a colleague")
        verbose_name_plural = _("questions to colleagues")
        ordering = ("id",)
        default_permissions = ("view", "add")
        permissions = (("answer_for_leads", "Can answer what was asked of the leads"),)
        indexes = (
            models.Index(
                name="%(app_label)s_%(class)s_open",
                fields=["addressee"],
                condition=Q(answered_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"question {self.pk}"
