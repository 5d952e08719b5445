"""Readers' "useful" votes for comments, and how many each comment has."""

from django.db import models
from django.utils import timezone

from comments.models.comment import Comment


class Vote(models.Model):
    """That the reader with this key found the comment useful; taken back, the row is deleted."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="votes", db_index=False)
    # A hash that links the votes from one browser on one site: see identity.voter_key.
    voter_key = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=["comment", "voter_key"], name="%(app_label)s_%(class)s_once"
            ),
        )

    def __str__(self) -> str:
        return f"#{self.comment_id}"


class VoteCount(models.Model):
    """The number of votes of a comment; without a row, none.

    It is not a column of the comment or the article: a vote changes no version that a moderator
    saw, no cached list, and waits for no lock that a decision takes.
    """

    comment = models.OneToOneField(
        Comment, models.CASCADE, primary_key=True, related_name="vote_count"
    )
    votes = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"#{self.comment_id}: {self.votes}"
