"""Seals the e-mails that are there; the way back opens them again and needs the same key."""

from collections.abc import Iterator

from django.db import migrations

from comments import sealing

BATCH = 1000


def seal(apps, schema_editor):
    Contact = apps.get_model("comments", "Contact")
    for batch in _batches(Contact.objects.filter(key_id="")):
        for contact in batch:
            contact.sealed_email = sealing.seal(contact.sealed_email)
            contact.key_id = sealing.key_id()
        Contact.objects.bulk_update(batch, ["sealed_email", "key_id"])


def unseal(apps, schema_editor):
    Contact = apps.get_model("comments", "Contact")
    for batch in _batches(Contact.objects.exclude(key_id="")):
        for contact in batch:
            contact.sealed_email = sealing.unseal(contact.sealed_email)
            contact.key_id = ""
        Contact.objects.bulk_update(batch, ["sealed_email", "key_id"])


def _batches(contacts) -> Iterator[list]:
    last = 0
    while batch := list(contacts.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = batch[-1].pk
        yield batch


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_sealed_contacts")]

    operations = [migrations.RunPython(seal, unseal)]
