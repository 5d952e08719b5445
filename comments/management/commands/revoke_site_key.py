"""Revoke a site key, for example one that has become known."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments.management.site_named import site_named
from comments.models import DEFAULT_KEY, SiteKey


class Command(BaseCommand):
    help = "Revokes a site key by the name it was made with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name that the key was made with")
        parser.add_argument("--site", default=DEFAULT_KEY, help="where there are several sites")

    def handle(self, *args: Any, **options: Any) -> None:
        if not SiteKey.objects.revoke(site_named(options["site"]), options["name"]):
            raise CommandError(f"There is no key in force called {options['name']}.")
        self.stdout.write(f"The key {options['name']} is revoked.")
