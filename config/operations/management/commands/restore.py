"""Restore the embedded database and its keys from a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.operations.backup import BackupError, restore, secret_differs
from config.operations.var_dir_lock import CannotStartError


class Command(BaseCommand):
    help = "Check FILE, then restore it. The service must be stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="replace an existing database")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"], replace=options["replace"])
        except (BackupError, CannotStartError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored the backup of {manifest.made_at}: {manifest.comments} comments, "
            f"{manifest.decisions} decisions. Start the service."
        )
        if secret_differs(manifest):
            self.stdout.write(
                "SECRET_KEY differs from the one in the backup: until it is set back, authors' "
                "links do not work."
            )
