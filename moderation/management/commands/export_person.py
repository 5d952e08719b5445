"""Export everything that is stored about a person."""

import json
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation.management.person import add_email, email_or_prompt, operator
from moderation.privacy import export_person


class Command(BaseCommand):
    help = "Write everything stored about the person with this e-mail, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        add_email(parser)
        parser.add_argument(
            "--out", metavar="FILE", help="write to a new file instead of standard output (-)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        options["out"] = None if options["out"] == "-" else options["out"]
        email = email_or_prompt(options["email"])
        if options["out"] and os.path.lexists(options["out"]):
            raise CommandError(f"{options['out']} already exists: name a new file with --out.")
        held = json.dumps(
            export_person(email=email, operator=operator()), ensure_ascii=False, indent=2
        )
        if not options["out"]:
            self.stdout.write(held)
            return
        try:
            handle = os.open(options["out"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(
                f"--out: {options['out']} cannot be written: {error.strerror}."
            ) from error
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(held + "\n")
        self.stdout.write(f"Written to {options['out']}, readable only by its owner.")
