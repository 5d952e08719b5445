"""Hours as numbers, by which the statistics are grouped: fast, and the same in every database."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import models

SECONDS = 3600

# Fields take the types of their values in the stubs only.
if TYPE_CHECKING:
    IntegerField = models.PositiveIntegerField[int, int]
else:
    IntegerField = models.PositiveIntegerField


def hour_of(moment: dt.datetime) -> int:
    """Return the number of whole hours since the beginning of 1970, in UTC."""
    return int(moment.timestamp() // SECONDS)


def beginning(hour: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(hour * SECONDS, dt.UTC)


class HourField(IntegerField):
    """The hour of the row's `created_at`, set when the row is inserted."""

    def pre_save(self, model_instance: Any, add: bool) -> int:
        hour = hour_of(model_instance.created_at)
        setattr(model_instance, self.attname, hour)
        return hour

    def deconstruct(self) -> Any:
        """Keep this class out of migrations."""
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.PositiveIntegerField", arguments, options
