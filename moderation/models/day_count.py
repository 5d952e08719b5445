"""The sums of a day that is over: see moderation.day_counts."""

from typing import Any

from django.db import models


class DayCount(models.Model):
    """What was decided in some hours. A day of another time zone has other hours."""

    first = models.PositiveIntegerField(primary_key=True)
    last = models.PositiveIntegerField()
    counted: Any = models.JSONField()
    # Whatever was decided later may have changed the status of comments that were held on the day.
    last_decision = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"hours {self.first} to {self.last}"

    @property
    def hours(self) -> range:
        return range(self.first, self.last + 1)
