from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0009_members_of_campaigns'),
    ]

    operations = [
        migrations.DeleteModel(
            name='CampaignMember',
        ),
    ]
