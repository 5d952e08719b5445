"""Insert rows faster than the ORM does: those that accompany each comment, and many at once."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, connections, models

# Their values are stored as they are.
_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)


def insert(row: models.Model) -> None:
    """Insert a row of a model without parents; a number that the database assigns is not set.

    Each comment needs three such rows. `save` takes three times as long for each, because it opens
    a savepoint and compiles the statement again.
    """
    statement, fields = _statement(type(row), connection.vendor)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def insert_all(model: type[models.Model], found: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows, each with its columns by their names; the others have their defaults.

    All have the same columns, among them the number, if it does not come from the database: see
    `reserve`. The values must be of the right types: most are stored as they are.
    """
    if not found:
        return
    # Finding the thread's connection for each value would take longer than all the rest.
    used = connections[connection.alias]
    given, others = _columns(model, frozenset(found[0]))
    defaults = [field.get_db_prep_save(field.get_default(), used) for field in others]
    prepared = [
        (field.attname, None if isinstance(field, _PLAIN) else field.get_db_prep_save)
        for field in given
    ]
    values = [
        [prepare(row[name], used) if prepare else row[name] for name, prepare in prepared]
        + defaults
        for row in found
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_insertion(model, [*given, *others]), values)


def reserve(model: type[models.Model], count: int) -> Sequence[int]:
    """Return numbers for new rows, ascending. Needs a transaction, which in SQLite locks all."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            next_one = "nextval(pg_get_serial_sequence(%s, 'id'))"
            statement = f"SELECT {next_one} FROM generate_series(1, %s)"  # noqa: S608
            cursor.execute(statement, [table, count])
            return sorted(number for (number,) in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
    first = (last[0] if last else 0) + 1
    return range(first, first + count)


@cache
def _statement(model: type[models.Model], _vendor: str) -> tuple[str, list[models.Field]]:
    fields = [field for field in model._meta.concrete_fields if field is not model._meta.auto_field]
    return _insertion(model, fields), fields


@cache
def _columns(
    model: type[models.Model], names: frozenset[str]
) -> tuple[list[models.Field], list[models.Field]]:
    """Return the fields with these names, and those that get their defaults."""
    own = [field for field in model._meta.concrete_fields if field.attname in names]
    if len(own) != len(names):
        raise ValueError(f"{model.__name__} lacks some of {sorted(names)}")
    automatic = model._meta.auto_field
    rest = [field for field in model._meta.concrete_fields if field.attname not in names]
    return own, [field for field in rest if field is not automatic]


def _insertion(model: type[models.Model], fields: Sequence[models.Field]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
