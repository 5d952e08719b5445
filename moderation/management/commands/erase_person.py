"""Erase a person's data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from moderation.management.person import add_email, email_asked_for, operator
from moderation.privacy import erase_person


class Command(BaseCommand):
    help = "Erases name, website, text, e-mail and address of the person with this e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        add_email(parser)
        parser.add_argument(
            "--comments",
            choices=["stay", "go"],
            default="stay",
            help="stay: an erased comment keeps its place; go: only where others answered it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = email_asked_for(options["email"])
        gone = options["comments"] == "go"
        erased = erase_person(email=email, operator=operator(), gone=gone)
        self.stdout.write(
            f"Comments erased: {erased.comments}; of these readers still see "
            f"{erased.places} as erased."
        )
