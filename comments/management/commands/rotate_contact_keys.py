"""Re-encrypt every e-mail, address and secret of a webhook with the first of CONTACT_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from comments.contacts import contacts_with_old_key, reseal_contacts
from moderation.delivery.webhook_secrets import reseal_secrets


class Command(BaseCommand):
    help = (
        "Encrypt all e-mails, addresses and secrets of webhooks with the first of CONTACT_KEYS; "
        "safe to repeat."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        total = contacts_with_old_key().count()
        outcomes = list(tqdm(reseal_contacts(), total=total, unit="contact", disable=None))
        self.stdout.write(f"Contacts encrypted with the first key: {sum(outcomes)}.")
        if webhooks := reseal_secrets():
            raise CommandError(
                f"CONTACT_KEYS lacks the key of {webhooks} secrets of webhooks: add it and run "
                "this command again, or make new secrets on their admin pages."
            )
        if left := outcomes.count(False):
            raise CommandError(
                f"CONTACT_KEYS lacks the key of {left} contacts, which were left unchanged. "
                "Add the key that they were encrypted with and run this command again."
            )
        self.stdout.write("You can now remove the other keys from CONTACT_KEYS.")
