"""Remove the one-time codes of a user who has lost them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation.accounts import one_time_codes
from moderation.accounts.models import User
from moderation.management.person import operator


class Command(BaseCommand):
    help = "Remove the one-time codes of NAME, who can then set up new ones at the next sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account named {name!r}.")
        if one_time_codes.remove_codes(user, operator=operator()):
            self.stdout.write(f"The one-time codes of {name} were removed.")
        else:
            self.stdout.write(f"{name} had no one-time codes.")
