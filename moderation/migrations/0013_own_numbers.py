from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0012_rejected_comment'),
    ]

    operations = [
        migrations.AddField(
            model_name='sitepolicy',
            name='own_numbers',
            field=models.TextField(blank=True, help_text='One a line: the card or account of a collection, the phone of the newsroom. A comment does not wait because it gives one of them; how it is spaced is no matter.', verbose_name='numbers of the site'),
        ),
    ]
