"""Back up the embedded database and its keys while the service runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import env
from config.operations.backup import BackupError, back_up


class Command(BaseCommand):
    help = "Write the database and the generated keys to FILE, readable only by its owner."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="overwrite an existing file")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"]
        try:
            manifest = back_up(target, replace=options["replace"])
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{target}: {manifest.comments} comments, {manifest.decisions} decisions, "
            f"{', '.join(manifest.checksums)}."
        )
        for name in ("SECRET_KEY", "CONTACT_KEYS"):
            if env.secret(name):
                self.stdout.write(
                    f"{name} is set in the environment: keep a copy of it with the backup."
                )
