"""Examine an installation from end to end and say what to correct."""

import sys
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from config.operations.doctor import PARTS, examine, through_the_public_address


class Command(BaseCommand):
    help = "Looks at every part and says what to mend; ends with 1 where there is something."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--url",
            help="the public address: posts a Ukrainian comment there, follows and withdraws it",
        )
        parser.add_argument(
            "--language", choices=[code for code, _name in settings.LANGUAGES], default="uk"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            looks = list(PARTS)
            if url := options["url"]:
                looks.append((_("public address"), partial(through_the_public_address, url)))
            to_mend = 0
            for part, look in looks:
                found = examine(part, look)
                to_mend += not found.healthy
                self.stdout.write(str(found))
                self.stdout.flush()
        if to_mend:
            sys.exit(1)
