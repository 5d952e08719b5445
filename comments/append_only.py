"""The base of the append-only logs: rows that are written once and never changed."""

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(Exception):
    """Raised on an attempt to change or delete a row of a log."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **_: Any) -> NoReturn:
        raise AppendOnlyError("Rows of a log cannot be changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Rows of a log cannot be deleted.")


class AppendOnly(models.Model):
    """A row of a log that can only be inserted.

    The database's own triggers refuse the same. A migration makes them for each such table, and
    again when it rebuilds the table: tests/comments/test_append_only.py tries all of them.
    """

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError("Rows of a log cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("Rows of a log cannot be deleted.")
