"""Restore the embedded database and its keys from a backup."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.operations.backup import BackupError, restore, secret_is_another
from config.operations.var_dir_lock import CannotStartError


class Command(BaseCommand):
    help = "Restores FILE, checked before anything is touched; only while the service is stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="replace the database that is there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"], replace=options["replace"])
        except (BackupError, CannotStartError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored as of {manifest.made_at}: {manifest.comments} comments, "
            f"{manifest.decisions} decisions. Start the service."
        )
        if secret_is_another(manifest):
            self.stdout.write(
                "SECRET_KEY is not the one of the backup: authors' links are void until it is."
            )
