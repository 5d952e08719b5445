"""Create an account for the desk and print its password once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from moderation.accounts.log import record
from moderation.accounts.models import AccountDeed, User
from moderation.accounts.roles import MissingPermissionError, Role, give_password, make_member
from moderation.management.person import operator

ROLES = {role.name.lower(): role for role in Role}


class Command(BaseCommand):
    help = "Give NAME a role at the desk. For a new account, print its generated password once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument(
            "--role",
            choices=list(ROLES),
            default="moderator",
            help="moderator: decide on comments; lead: also set the policy, see e-mails and manage "
            "accounts; auditor: read everything, change nothing",
        )
        parser.add_argument(
            "--reset", action="store_true", help="set a new password for an existing user"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["name"]
        try:
            User._meta.get_field("username").clean(name, None)
            user, password = make_member(name, ROLES[options["role"]])
        except ValidationError as error:
            raise CommandError(
                f"{name!r} is not a valid user name: use at most 150 letters, digits and @.+-_."
            ) from error
        except MissingPermissionError as error:
            raise CommandError(str(error)) from error
        record(AccountDeed.MADE if password else AccountDeed.ROLES, user, operator=operator())
        if password is None and options["reset"]:
            password = give_password(user)
            record(AccountDeed.PASSWORD, user, operator=operator())
        role = "an auditor" if options["role"] == "auditor" else f"a {options['role']}"
        self.stdout.write(
            f"{name} is now {role}; the password, shown only once: {password}"
            if password
            else f"{name} already existed and is now {role}; the password is unchanged "
            "(--reset sets a new one)."
        )
