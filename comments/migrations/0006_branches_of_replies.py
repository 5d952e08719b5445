from django.db import migrations


class Migration(migrations.Migration):
    """Every reply stored so far answers the root of its thread, and begins a branch."""

    dependencies = [("comments", "0005_reply_to_and_branch")]

    operations = [
        migrations.RunSQL(
            "UPDATE comments_comment SET branch_id = id WHERE parent_id IS NOT NULL",
            migrations.RunSQL.noop,
        ),
    ]
