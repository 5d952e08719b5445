from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0005_comment_repeat_key'),
    ]

    operations = [
        migrations.AddField(
            model_name='comment',
            name='looks_automated',
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
