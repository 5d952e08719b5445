"""Shared by the commands about a person: the e-mail option, the operator's name."""

import getpass
import os

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email


def add_email(parser: CommandParser) -> None:
    parser.add_argument(
        "email",
        nargs="?",
        help="omit it to be prompted: command arguments are visible in the process list",
    )


def email_or_prompt(given: str | None) -> str:
    """Return the e-mail from the command, or else read it from standard input."""
    email = (given or input("E-mail: ")).strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError("This is not an e-mail address.") from error
    return email


def operator() -> str:
    """Return the name of the system user who runs the command, or its number if it has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
