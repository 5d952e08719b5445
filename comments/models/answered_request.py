"""A request with an Idempotency-Key, and the answer that its repetitions get."""

from django.db import models
from django.utils import timezone


class AnsweredRequest(models.Model):
    """One request, from its arrival on: what its key was, what it asked and what was answered.

    It contains only hashes of what was sent, and is deleted after a day.
    """

    # A hash of the address, the key and who sent it: see reception.idempotency.
    digest = models.CharField(max_length=64, primary_key=True)
    # A hash of the body.
    fingerprint = models.CharField(max_length=64)
    # When the present attempt began; a later one takes over if it was interrupted.
    started_at = models.DateTimeField(default=timezone.now)
    # Set together with the comment, so that an interrupted attempt stores no second one.
    comment_number = models.PositiveBigIntegerField(null=True)
    answer = models.JSONField(null=True)

    class Meta:
        indexes = (models.Index(fields=["started_at"]),)

    def __str__(self) -> str:
        return self.digest[:8]
