from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0004_decision_thresholds'),
    ]

    operations = [
        migrations.AlterField(
            model_name='sitepolicy',
            name='trusted_after',
            field=models.PositiveSmallIntegerField(default=0, help_text='0: never. What one browser sent under one e-mail is counted, so nobody else can borrow the trust or spoil it.', verbose_name='trust an author after this many published comments'),
        ),
    ]
