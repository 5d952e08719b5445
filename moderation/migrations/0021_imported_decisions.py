from django.db import migrations, models


# SQLite drops a table's triggers when it is rebuilt.
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
        ('comments', '0011_votes'),
        ('moderation', '0020_editors_pick'),
    ]

    operations = [
        migrations.RunPython(keep_triggers, restore_triggers),
        migrations.RemoveConstraint(
            model_name='decision',
            name='moderation_decision_actor_kind_user_check',
        ),
        migrations.AlterField(
            model_name='decision',
            name='actor_kind',
            field=models.CharField(choices=[('policy', 'automatically'), ('person', 'moderator'), ('program', 'connected program'), ('readers', 'readers'), ('author', 'author'), ('system', 'system'), ('import', 'earlier comment system')], max_length=10, verbose_name='decided by'),
        ),
        migrations.AlterField(
            model_name='privacyentry',
            name='deed',
            field=models.CharField(choices=[('look', 'viewed an e-mail'), ('export', "exported a person's data"), ('erasure', "erased a person's data"), ('search', 'searched by e-mail'), ('address', 'searched by network address'), ('log', 'exported the log of decisions'), ('archive', 'exported comments with e-mails')], max_length=10, verbose_name='what was done'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('actor_kind', 'person'), ('site_key__isnull', True), ('user__isnull', False)), models.Q(('actor_kind', 'program'), ('site_key__isnull', False), ('user__isnull', True)), models.Q(('actor_kind__in', ['policy', 'readers', 'author', 'system', 'import']), ('site_key__isnull', True), ('user__isnull', True)), _connector='OR'), name='moderation_decision_actor_kind_user_check'),
        ),
        migrations.RunPython(restore_triggers, keep_triggers),
    ]
