"""Load the demo, then print where the service is (the last step of `make run`)."""

import logging
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from config.operations.launch.announce import WebSilentError, addresses, wait_for_web

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Wait for the web server of `make run`, then print the addresses."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo first")
        parser.add_argument("--demo-site", action="store_true", help="name the demo's other site")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["demo"]:
                call_command("seed_demo", stdout=self.stdout)
        except Exception:
            # The service works without the demo, so still print the addresses.
            logger.exception("the demo could not be loaded")
        try:
            wait_for_web()
        except WebSilentError as error:
            self.stderr.write(str(error))
            return
        on_terminal = self.stdout.isatty()
        self.stdout.write(addresses(on_terminal=on_terminal, demo_site=options["demo_site"]))
