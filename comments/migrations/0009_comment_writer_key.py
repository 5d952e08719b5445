from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0008_comment_claims'),
    ]

    operations = [
        migrations.AddField(
            model_name='comment',
            name='writer_key',
            field=models.CharField(blank=True, default='', editable=False, max_length=64),
        ),
        migrations.AddIndex(
            model_name='comment',
            index=models.Index(fields=['writer_key', 'status'], name='writer'),
        ),
    ]
