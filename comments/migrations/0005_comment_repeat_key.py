from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0004_in_hand'),
    ]

    operations = [
        migrations.AddField(
            model_name='comment',
            name='repeat_key',
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
    ]
