from django.db import migrations
from django.db.models import Max


def start(apps, schema_editor):
    """What happened before this version is not told any more."""
    last = apps.get_model("comments", "Event").objects.aggregate(Max("id"))["id__max"]
    if last:
        cursors = apps.get_model("delivery", "Cursor").objects
        cursors.get_or_create(name="webhooks", defaults={"position": last})


class Migration(migrations.Migration):

    dependencies = [
        ('comments', '0004_comment_standing'),
        ('delivery', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(start, migrations.RunPython.noop),
    ]
