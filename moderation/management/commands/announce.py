"""Says where the service is, once it is there."""

from typing import Any

from django.core.management.base import BaseCommand

from config.announce import WebSilentError, addresses, wait_for_web


class Command(BaseCommand):
    help = "Waits for the web server of `make run`, then prints the addresses."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            wait_for_web()
        except WebSilentError as error:
            self.stderr.write(str(error))
            return
        self.stdout.write(addresses())
