"""Rebuild the search index."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import QuerySet
from tqdm import tqdm

from comments.models import ERASED_TEXT, Comment, Status
from moderation import search

BATCH = 500


class Command(BaseCommand):
    help = "Rebuild the search index from the comments. Safe to run while the service is running."

    def handle(self, **options: Any) -> None:
        decided = Comment.objects.exclude(status=Status.PENDING).exclude(text=ERASED_TEXT)
        total, last = decided.count(), 0
        with tqdm(total=total, unit=" comments", disable=None) as bar:
            while batch := _index(decided.filter(pk__gt=last)):
                last = batch[-1].pk
                bar.update(len(batch))
        self.stdout.write(f"Comments in the search index: {total}.")


def _index(comments: QuerySet[Comment]) -> list[Comment]:
    """Index a batch and return it. Locks its rows, so that no comment is erased meanwhile."""
    with transaction.atomic():
        batch = list(comments.select_for_update().order_by("pk")[:BATCH])
        held = {comment.pk for comment in batch if comment.status == Status.HELD}
        search.store(search.entries(batch), held)
    return batch
