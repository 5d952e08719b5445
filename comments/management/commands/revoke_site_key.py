"""Revoke a site key, for example one that has become known."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments.management.site_named import add_site_option, site_named
from comments.models import SiteKey


class Command(BaseCommand):
    help = "Revoke a site key by its name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name that the key was created with")
        add_site_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if not SiteKey.objects.revoke(site_named(options["site"]), options["name"]):
            raise CommandError(f"There is no active key named {options['name']}.")
        self.stdout.write(f"The key {options['name']} has been revoked.")
