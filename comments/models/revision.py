"""The text, name and website of each version of a comment."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import rows
from comments.models.comment import ERASED_TEXT, Comment


class RevisionManager(models.Manager["Revision"]):
    def keep(self, comment: Comment) -> None:
        """Store the current version of the comment, in the transaction that stores the comment.

        Call it once for each revision: a stored version is never changed, only blanked.
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
        """Erase the content of all versions; their numbers and times stay."""
        self.filter(comment=comment_id).update(text=ERASED_TEXT, author_name="", author_url="")


class Revision(models.Model):
    """A version of a comment; the comment itself has a copy of the newest one.

    A decision refers to the version that it was about.
    """

    # The unique constraint below serves as its index.
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
