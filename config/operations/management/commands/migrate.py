"""Django's `migrate`, which then gives the roles at the desk what this version lets them do."""

from typing import Any

from django.core.management.commands import migrate

from moderation.accounts.roles import update_roles


class Command(migrate.Command):
    help = f"{migrate.Command.help} Updates the permissions of the roles at the desk."

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        if (changed := update_roles()) and options["verbosity"]:
            names = ", ".join(role.name.lower() for role in changed)
            self.stdout.write(f"Roles with new permissions: {names}.")
