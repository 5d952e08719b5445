from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0009_comment_writer_key'),
    ]

    operations = [
        migrations.AddField(
            model_name='comment',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
