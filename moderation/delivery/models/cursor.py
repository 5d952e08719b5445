"""How far each follower has read the event log."""

from django.db import models


class Cursor(models.Model):
    """The number of the last event that a follower has turned into rows of its own.

    It moves in the transaction that stores those rows, so no event is skipped or taken twice.
    """

    name = models.CharField(max_length=20, primary_key=True)
    position = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.position}"
