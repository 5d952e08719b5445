from django.db import migrations

# Back go the campaigns of texts only: the older table has room for one each.
THERE = """
    INSERT INTO moderation_membership (comment_id, campaign)
    SELECT comment_id, campaign FROM moderation_campaignmember
"""
BACK = """
    INSERT INTO moderation_campaignmember (comment_id, campaign)
    SELECT comment_id, campaign FROM moderation_membership WHERE campaign > 0
"""


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0008_membership'),
    ]

    operations = [
        migrations.RunSQL(THERE, BACK),
    ]
