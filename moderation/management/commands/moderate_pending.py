"""Decide all pending comments in this process, when the broker or the workers are down."""

from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand

from comments.models import Comment, Status
from moderation.model_registry import ScorerError
from moderation.pipeline import sweep
from moderation.services import moderate


class Command(BaseCommand):
    help = "Decide every pending comment in this process, without the broker or a worker."

    def handle(self, *args: Any, **options: Any) -> None:
        done, more = 0, True
        while more:
            finished = sweep()
            done, more = done + len(finished.decided), finished.more
            for comment in finished.unscored:
                with suppress(ScorerError):
                    done += moderate(comment_id=comment.pk)
        left = Comment.objects.filter(status=Status.PENDING).count()
        self.stdout.write(f"Comments decided: {done}; still pending: {left}.")
