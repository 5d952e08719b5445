"""Prove that no decision was changed, added or removed afterwards."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from moderation.history_check import check
from moderation.models import Decision


class Command(BaseCommand):
    help = (
        "Check the history of every comment. If any was changed, name the comments and exit with 1."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = unproven = total = 0
        with tqdm(total=Decision.objects.count(), unit=" decisions", disable=None) as bar:
            for each in check():
                bar.update(each.decisions)
                total += each.decisions
                unproven += each.unproven
                if each.fault:
                    broken += 1
                    bar.clear()
                    self.stderr.write(f"Comment {each.comment}: {each.fault}.")
        self.stdout.write(f"Decisions: {total}; from before the chain, so unproven: {unproven}.")
        if broken:
            raise CommandError(f"Comments whose history was changed: {broken}.")
        self.stdout.write("No history was changed.")
