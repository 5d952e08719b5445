from django.db import migrations
from django.db.models import Max


def start(apps, schema_editor):
    """Nobody has asked for e-mails about what happened before this version."""
    last = apps.get_model("comments", "Event").objects.aggregate(Max("id"))["id__max"]
    if last:
        cursors = apps.get_model("delivery", "Cursor").objects
        cursors.get_or_create(name="mail", defaults={"position": last})


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0003_mail'),
    ]

    operations = [
        migrations.RunPython(start, migrations.RunPython.noop),
    ]
