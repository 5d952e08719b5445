"""Decides what waits, here and now: for a site whose broker or worker is out."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand

from comments.models import Comment, Status
from moderation.services import sweep


class Command(BaseCommand):
    help = "Decides every pending comment in this process, without broker or worker."

    def handle(self, *args: Any, **options: Any) -> None:
        done = 0
        # One sweep takes so many at most; none done means none left, or a model that is out.
        while swept := sweep(older_than=dt.timedelta(0)):
            done += swept
        left = Comment.objects.filter(status=Status.PENDING).count()
        self.stdout.write(f"Comments decided: {done}; still pending: {left}.")
