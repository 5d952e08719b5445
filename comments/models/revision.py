"""The text, name and website of each version of a comment."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import rows
from comments.models.comment import ERASED_TEXT, Comment


class RevisionManager(models.Manager["Revision"]):
    def keep(self, comment: Comment) -> None:
        """Stores what the comment says now, in the transaction that stores the comment.

        Once for each number: the text of a version is never changed, only blanked.
        """
        rows.insert(
            Revision(
                comment_id=comment.pk,
                number=comment.revision,
                text=comment.text,
                author_name=comment.author_name,
                author_url=comment.author_url,
            )
        )

    def blank(self, comment_id: int) -> None:
        """Leaves nothing of what any version said; their numbers and times stay."""
        self.filter(comment=comment_id).update(text=ERASED_TEXT, author_name="", author_url="")


class Revision(models.Model):
    """One version of a comment; the row of the comment repeats the newest one, which readers see.

    A decision points to the one that it judged.
    """

    # The unique constraint below is the index for it.
    comment = models.ForeignKey(
        Comment, models.CASCADE, related_name="revisions", db_index=False, verbose_name=_("comment")
    )
    number = models.PositiveIntegerField(_("version number"))
    text = models.TextField(_("Comment"), blank=True)
    author_name = models.CharField(_("Name"), max_length=80, blank=True)
    author_url = models.CharField(_("Website"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("submitted"), default=timezone.now)

    objects = RevisionManager()

    class Meta:
        verbose_name = _("comment version")
        verbose_name_plural = _("comment versions")
        constraints = (
            models.UniqueConstraint(
                fields=["comment", "number"], name="%(app_label)s_%(class)s_comment_number_uniq"
            ),
        )

    def __str__(self) -> str:
        return f"#{self.comment_id}, {self.number}"
