"""The columns for what is sealed. Until 0003 has run, sealed_email holds the old plain e-mails."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0001_initial")]

    operations = [
        migrations.RenameField("contact", "email", "sealed_email"),
        migrations.AlterField(
            "contact", "sealed_email", models.TextField(blank=True, editable=False)
        ),
        migrations.AddField(
            "contact",
            "sealed_address",
            models.TextField(blank=True, editable=False, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "contact",
            "address_key",
            models.CharField(blank=True, editable=False, max_length=64, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "contact",
            "key_id",
            models.CharField(blank=True, editable=False, max_length=16, default=""),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "contact", models.Index(fields=["address_key"], name="address")
        ),
    ]
