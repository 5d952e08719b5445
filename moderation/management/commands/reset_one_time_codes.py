"""Remove the one-time codes of a user who has lost them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation.accounts import one_time_codes
from moderation.accounts.models import User
from moderation.management.person import operator


class Command(BaseCommand):
    help = "Ends the one-time codes of NAME, who sets new ones up after the next password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account {name!r}.")
        if one_time_codes.give_up(user, operator=operator()):
            self.stdout.write(f"{name} has no one-time codes any more.")
        else:
            self.stdout.write(f"{name} had no one-time codes.")
