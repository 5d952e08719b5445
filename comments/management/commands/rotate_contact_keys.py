"""Re-encrypt every e-mail and address with the first of CONTACT_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from comments.contacts import reseal_contacts, sealed_otherwise


class Command(BaseCommand):
    help = "Encrypts e-mails and addresses with the first of CONTACT_KEYS; may be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        total = sealed_otherwise().count()
        outcomes = list(tqdm(reseal_contacts(), total=total, unit="contact", disable=None))
        self.stdout.write(f"Contacts encrypted with the first key: {sum(outcomes)}.")
        if left := outcomes.count(False):
            raise CommandError(
                f"CONTACT_KEYS does not have the key of {left} contacts: they stay as they were. "
                "Add the key that they were encrypted with and run this again."
            )
        self.stdout.write("The other keys of CONTACT_KEYS may go.")
