"""Examine an installation from end to end and say what to correct."""

import sys
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from config.operations.doctor import PARTS, check_public_address, examine


class Command(BaseCommand):
    help = "Check every part and say what to correct; exit with 1 if a check fails."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--url",
            help="the public address: post a Ukrainian comment there, follow and withdraw it",
        )
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES], default="uk"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            checks = list(PARTS)
            if url := options["url"]:
                checks.append((_("public address"), partial(check_public_address, url)))
            failures = 0
            for part, check in checks:
                diagnosis = examine(part, check)
                failures += not diagnosis.healthy
                self.stdout.write(str(diagnosis))
                self.stdout.flush()
        if failures:
            sys.exit(1)
