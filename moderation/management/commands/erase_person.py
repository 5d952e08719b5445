"""Erase a person's data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from moderation.management.person import add_email, email_or_prompt, operator
from moderation.privacy import erase_person


class Command(BaseCommand):
    help = "Erase the name, websites, texts, e-mail and addresses of the person with this e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        add_email(parser)
        parser.add_argument(
            "--comments",
            choices=["stay", "go"],
            default="stay",
            help="stay: every erased comment keeps its place; go: only those with replies do",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = email_or_prompt(options["email"])
        remove = options["comments"] == "go"
        erased = erase_person(email=email, operator=operator(), remove=remove)
        self.stdout.write(
            f"Comments erased: {erased.comments}; "
            f"still shown to readers as erased: {erased.places}."
        )
