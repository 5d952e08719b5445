"""Write the script of the embedded discussion."""

from typing import Any

from django.core.management.base import BaseCommand

from comments.reception import embed_file


class Command(BaseCommand):
    help = "Write embed.js from its sources in comments/reception/embed."

    def handle(self, *args: Any, **options: Any) -> None:
        script = embed_file.built()
        embed_file.BUILT.write_text(script)
        self.stdout.write(f"{embed_file.BUILT.name} has {len(script.encode())} bytes.")
