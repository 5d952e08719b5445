"""Delete expired e-mails and addresses; a worker does it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from comments.contacts import drop_contacts


class Command(BaseCommand):
    help = "Delete e-mails and addresses older than EMAIL_KEPT_DAYS and ADDRESS_KEPT_DAYS."

    def handle(self, *args: Any, **options: Any) -> None:
        emails, addresses = drop_contacts()
        self.stdout.write(f"Deleted e-mails: {emails}, addresses: {addresses}.")
