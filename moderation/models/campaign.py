"""Campaigns: which recent comments share a text, a link or a contact."""

from django.db import models

from comments.models import Comment


class TextSignature(models.Model):
    """A signature and the latest comment that has it; kept for CAMPAIGN_HOURS.

    See campaigns.near_duplicates.
    """

    value = models.BigIntegerField(primary_key=True)
    # No foreign key: a signature may outlive its comment, and then matches nothing.
    comment_id = models.BigIntegerField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.value}"


class Membership(models.Model):
    """A comment in a campaign. It may be in several.

    The campaign of a text has the id of its first comment. The campaign of a link or contact has a
    negative number, a keyed hash; the membership is deleted after CAMPAIGN_HOURS unless the comment
    is held.
    """

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="membership")
    campaign = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["comment", "campaign"], name="%(app_label)s_%(class)s_comment_campaign_uniq"
            ),
        )

    def __str__(self) -> str:
        return f"{self.comment_id} of {self.campaign}"
