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
        help="leave it out to be asked: what stands in a command is seen in the list of processes",
    )


def email_asked_for(given: str | None) -> str:
    """The e-mail from the command or, without one there, from the terminal or standard input."""
    email = (given or input("E-mail: ")).strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError("That is not an e-mail address.") from error
    return email


def operator() -> str:
    """Who runs the command: a user's name, or its number where there is no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
