"""Create a key for a website's own program: for articles, moderation, or checks of texts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError, transaction

from comments.management.site_named import add_site_option, site_named
from comments.models import KeyScope, SiteKey


class Command(BaseCommand):
    help = "Create a site key and print it once; only its hash is stored."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the key is for, such as the name of a server")
        parser.add_argument(
            "--allow",
            choices=KeyScope.values,
            default=KeyScope.ARTICLES,
            help="articles: register articles; read: also read the queue, comments in any status, "
            "decisions, policy and events; decide: also decide about comments; check: nothing of "
            "these, but have texts of another system checked",
        )
        add_site_option(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        site = site_named(options["site"])
        try:
            with transaction.atomic():
                key = SiteKey.objects.add(site, options["name"], KeyScope(options["allow"]))
        except IntegrityError:
            raise CommandError(
                f"A key named {options['name']} exists or was revoked: choose another name."
            ) from None
        self.stdout.write(key)
        self.stderr.write("Keep this key on the server only. It will not be shown again.")
