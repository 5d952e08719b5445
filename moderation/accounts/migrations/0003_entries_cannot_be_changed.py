from django.db import migrations

# Rows of these logs are never changed or deleted: the database itself refuses it. SQLite drops a
# table's triggers when a migration rebuilds the table; that migration has to make them again.
TABLES = ("accounts_accountentry",)


def _sqlite(table):
    refusals = {
        "update": f"BEFORE UPDATE ON {table}",
        "delete": f"BEFORE DELETE ON {table}",
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
    refusals = {
        "change": f"UPDATE OR DELETE ON {table} FOR EACH ROW",
        "truncate": f"TRUNCATE ON {table} FOR EACH STATEMENT",
    }
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
        for name in ("update", "delete", "replace"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{name}", None)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_devices'),
    ]

    operations = [
        migrations.RunPython(create, drop),
    ]
