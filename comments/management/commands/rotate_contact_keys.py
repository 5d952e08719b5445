"""Re-encrypt every e-mail and address with the first of CONTACT_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from comments.contacts import contacts_with_old_key, reseal_contacts


class Command(BaseCommand):
    help = "Encrypt all e-mails and addresses with the first of CONTACT_KEYS; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        total = contacts_with_old_key().count()
        outcomes = list(tqdm(reseal_contacts(), total=total, unit="contact", disable=None))
        self.stdout.write(f"Contacts encrypted with the first key: {sum(outcomes)}.")
        if left := outcomes.count(False):
            raise CommandError(
                f"CONTACT_KEYS lacks the key of {left} contacts, which were left unchanged. "
                "Add the key that they were encrypted with and run this command again."
            )
        self.stdout.write("You can now remove the other keys from CONTACT_KEYS.")
