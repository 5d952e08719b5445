"""Create a key with which a website's server registers and changes its articles."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from comments.management.site_named import site_named
from comments.models import DEFAULT_KEY, SiteKey


class Command(BaseCommand):
    help = "Makes a site key and prints it once; only its hash is kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the key is for, such as the name of a server")
        parser.add_argument("--site", default=DEFAULT_KEY, help="where there are several sites")

    def handle(self, *args: Any, **options: Any) -> None:
        site = site_named(options["site"])
        try:
            with transaction.atomic():
                key = SiteKey.objects.add(site, options["name"])
        except IntegrityError:
            raise CommandError(
                f"There is, or was, a key called {options['name']}: choose another name."
            ) from None
        self.stdout.write(key)
        self.stderr.write("Keep this key on the server only: it is not shown again.")
