import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

# SQLite drops a table's triggers when it is rebuilt to change a constraint.
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
        ('comments', '0008_withdrawn_and_changed_comments'),
        ('moderation', '0014_open_reports_and_searches'),
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
            field=models.CharField(choices=[('policy', 'automatically'), ('person', 'moderator'), ('readers', 'readers'), ('author', 'author'), ('system', 'system')], max_length=10, verbose_name='decided by'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='from_status',
            field=models.CharField(choices=[('pending', 'waiting to be checked'), ('published', 'published'), ('held', 'waiting for a moderator'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn by its author')], max_length=10, verbose_name='status before'),
        ),
        migrations.AlterField(
            model_name='bulkitem',
            name='status',
            field=models.CharField(choices=[('pending', 'waiting to be checked'), ('published', 'published'), ('held', 'waiting for a moderator'), ('rejected', 'rejected'), ('withdrawn', 'withdrawn by its author')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('actor_kind', 'person'), ('user__isnull', False)), models.Q(('actor_kind__in', ['policy', 'readers', 'author', 'system']), ('user__isnull', True)), _connector='OR'), name='moderation_decision_actor_kind_user_check'),
        ),
        migrations.RunPython(restore_triggers, keep_triggers),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sentence', models.CharField(blank=True, max_length=500, verbose_name="the author's words")),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='the answer')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                ('act', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moderation.act')),
                ('against', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='moderation.decision', verbose_name='decision')),
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='appeal', to='comments.comment', verbose_name='comment')),
            ],
            options={
                'verbose_name': 'appeal',
                'verbose_name_plural': 'appeals',
                'ordering': ('id',),
                'default_permissions': (),
            },
        ),
    ]
