import django.db.models.deletion
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
        ('comments', '0010_site_key_scope'),
        ('moderation', '0016_tallies'),
    ]

    operations = [
        migrations.RunPython(keep_triggers, restore_triggers),
        migrations.RemoveConstraint(
            model_name='decision',
            name='moderation_decision_actor_kind_user_check',
        ),
        migrations.AddField(
            model_name='decision',
            name='site_key',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='comments.sitekey'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='actor_kind',
            field=models.CharField(choices=[('policy', 'automatically'), ('person', 'moderator'), ('program', 'connected program'), ('readers', 'readers'), ('author', 'author'), ('system', 'system')], max_length=10, verbose_name='decided by'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('actor_kind', 'person'), ('site_key__isnull', True), ('user__isnull', False)), models.Q(('actor_kind', 'program'), ('site_key__isnull', False), ('user__isnull', True)), models.Q(('actor_kind__in', ['policy', 'readers', 'author', 'system']), ('site_key__isnull', True), ('user__isnull', True)), _connector='OR'), name='moderation_decision_actor_kind_user_check'),
        ),
        migrations.RunPython(restore_triggers, keep_triggers),
    ]
