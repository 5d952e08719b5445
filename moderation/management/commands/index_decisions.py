"""Let the decisions made before an upgrade be found by their texts."""

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from moderation import precedents


class Command(BaseCommand):
    help = (
        "Let earlier decisions of persons be found by their texts, as new ones are. "
        "Safe to repeat, and to run while the service is running."
    )

    def handle(self, **options: Any) -> None:
        batches = [*tqdm(precedents.remember_all(), unit=" batches", disable=None)]
        last = batches[-1] if batches else 0
        self.stdout.write(f"Decisions can be found by their texts up to number {last}.")
