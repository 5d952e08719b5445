from django.db import migrations

# Events are never changed: the database itself refuses it. They are deleted once they are old
# enough. SQLite drops a table's triggers when a migration rebuilds the table; that migration has to
# make them again.
TABLES = ("comments_event",)


def _sqlite(table):
    refusals = {
        "update": f"BEFORE UPDATE ON {table}",
        # REPLACE deletes a row without calling the trigger for it.
        "replace": f"BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)",
    }
    for name, when in refusals.items():
        yield (
            f"CREATE TRIGGER {table}_no_{name} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: {name} refused'); END"
        )


def _postgresql(table):
    yield (
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{table} is append-only: % refused', lower(TG_OP) "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    refusals = {"update": f"UPDATE ON {table} FOR EACH ROW"}
    for name, when in refusals.items():
        yield (
            f"CREATE TRIGGER {table}_no_{name} BEFORE {when} "
            f"EXECUTE FUNCTION {table}_append_only()"
        )


def create(apps, schema_editor):
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[schema_editor.connection.vendor]
    for table in TABLES:
        for statement in make(table):
            schema_editor.execute(statement, None)


def drop(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION {table}_append_only() CASCADE", None)
            continue
        for name in ("update", "replace"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{name}", None)


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0002_comment_announced_at'),
    ]

    operations = [
        migrations.RunPython(create, drop),
    ]
