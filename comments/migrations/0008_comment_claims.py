from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0007_legible'),
    ]

    operations = [
        migrations.AddField(
            model_name='comment',
            name='claims',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
    ]
