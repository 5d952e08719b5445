"""The queue's permissions, and who is looking at what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models import Comment


class HeldComment(Comment):
    """A proxy model that gives the queue permissions of its own, `view` and `change`."""

    class Meta:
        proxy = True
        default_permissions = ("view", "change")
        verbose_name = _("comment in the queue")
        verbose_name_plural = _("comments in the queue")


class Claim(models.Model):
    """A comment that a moderator has open, until it lapses: see moderation.claims."""

    comment = models.OneToOneField(Comment, models.CASCADE, primary_key=True, related_name="claim")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.comment_id} by {self.user_id}"
