from django.db import migrations, models

# SQLite drops a table's triggers when it is rebuilt to add a column.
_KEPT = []


def keep_triggers(apps, schema_editor):
    _KEPT.clear()
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master"
                " WHERE type = 'trigger' AND tbl_name = 'moderation_decision'"
            )
            _KEPT.extend(sql for (sql,) in cursor.fetchall())


def restore_triggers(apps, schema_editor):
    for statement in _KEPT:
        missing = statement.replace("CREATE TRIGGER ", "CREATE TRIGGER IF NOT EXISTS ", 1)
        schema_editor.execute(missing, None)


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0009_index_the_queue'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='decision',
            options={'ordering': ('-id',), 'permissions': (('view_statistics', "Can view everybody's statistics"), ('view_decision_file', 'Can export the log of decisions')), 'verbose_name': 'decision', 'verbose_name_plural': 'decisions'},
        ),
        migrations.AlterField(
            model_name='privacyentry',
            name='deed',
            field=models.CharField(choices=[('look', 'viewed an e-mail'), ('export', "exported a person's data"), ('erasure', "erased a person's data"), ('search', 'searched by e-mail'), ('log', 'exported the log of decisions')], max_length=10, verbose_name='what was done'),
        ),
        migrations.RunPython(keep_triggers, restore_triggers),
        migrations.AddField(
            model_name='decision',
            name='hour',
            field=models.PositiveIntegerField(default=0, editable=False),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['hour', 'actor_kind', 'user', 'outcome', 'from_status', 'reason', 'comment'], name='moderation_decision_hour'),
        ),
        migrations.RunPython(restore_triggers, keep_triggers),
    ]
