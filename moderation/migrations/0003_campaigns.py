import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0005_comment_repeat_key'),
        ('moderation', '0002_privacy_log'),
    ]

    operations = [
        migrations.CreateModel(
            name='CampaignMember',
            fields=[
                ('comment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='membership', serialize=False, to='comments.comment')),
                ('campaign', models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Trace',
            fields=[
                ('value', models.BigIntegerField(primary_key=True, serialize=False)),
                ('comment_id', models.BigIntegerField()),
                ('seen_at', models.DateTimeField(db_index=True)),
            ],
        ),
    ]
