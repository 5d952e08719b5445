"""What the newsroom adds to a discussion: its own answers, and comments that it picks."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from comments.models.comment import Comment


class StaffAnswer(models.Model):
    """That a comment is the newsroom's own, and who wrote it.

    A row, not a column of the comment: nothing that a reader sends can make one.
    """

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="staff_answer"
    )
    # Nobody if it was imported, or belongs to the demo.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        permissions = (("answer_for_newsroom", "Can answer readers as the newsroom"),)

    def __str__(self) -> str:
        return f"#{self.comment_id}"


class Pick(models.Model):
    """That the newsroom recommends a comment, and who picked it."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="pick")
    # Nobody if it was imported, or belongs to the demo.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        permissions = (("pick_comment", "Can pick comments for the newsroom"),)

    def __str__(self) -> str:
        return f"#{self.comment_id}"
