"""Makes a moderator's account and prints its password once."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation.roles import MissingPermissionError, give_password, make_moderator


class Command(BaseCommand):
    help = "Makes NAME a moderator and prints the generated password, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument(
            "--reset", action="store_true", help="give an existing user a new password"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        try:
            User._meta.get_field("username").clean(name, None)
            user, password = make_moderator(name)
        except ValidationError as error:
            raise CommandError(
                f"{name!r} cannot be a user's name: only letters, digits and @.+-_, at most 150."
            ) from error
        except MissingPermissionError as error:
            raise CommandError(str(error)) from error
        if password is None and options["reset"]:
            password = give_password(user)
        self.stdout.write(
            f"{name} is a moderator; the password, shown this once: {password}"
            if password
            else f"{name} was there already and is a moderator; the password stays as it was "
            "(--reset gives a new one)."
        )
