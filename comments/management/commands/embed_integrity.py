"""Print the attribute `integrity` for the script of the embedded discussion."""

from typing import Any

from django.core.management.base import BaseCommand

from comments.reception import embed_file


class Command(BaseCommand):
    help = "Print the integrity hash of embed.js, which a page may require."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(embed_file.integrity(embed_file.BUILT.read_bytes()))
