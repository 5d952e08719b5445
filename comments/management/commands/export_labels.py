"""Write the texts that people of other systems have labelled, for evaluation and training."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments import checks


class Command(BaseCommand):
    help = (
        "Write the kept texts about which people of other systems have said what they are "
        "(submit-spam, submit-ham, suggestscore) to a file of JSON Lines, which evaluate_policy "
        "reads. The file has readers' texts in it: only its owner can read it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="a new file")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        try:
            new = os.open(options["file"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be created: {error.strerror}.") from error
        with os.fdopen(new, "w", encoding="utf-8") as file:
            for row in checks.labelled():
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
        self.stdout.write(f"Texts written: {count}.")
