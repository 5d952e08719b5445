"""Delete expired texts; a worker does it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from moderation.retention import drop_texts


class Command(BaseCommand):
    help = "Delete unpublished texts older than REJECTED_KEPT_DAYS and HELD_KEPT_DAYS."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Texts deleted: {drop_texts()}.")
