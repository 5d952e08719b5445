"""Automatically rejected comments, and a random sample of them."""

import datetime as dt
import random
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from comments.models import ERASED_TEXT, Comment, Status
from moderation.actors import ActorKind
from moderation.models import Decision

LATELY = dt.timedelta(days=1)
SAMPLE = 10
# Of more than so many the latest stand for all.
DRAWN_FROM = 2000


def rejected_by_service() -> QuerySet[Any]:
    """What the policy rejected, and nobody else has decided about since.

    Without what has lost its text since: there is nothing in it to look at.
    """
    others = Decision.objects.filter(comment=OuterRef("pk")).exclude(actor_kind=ActorKind.POLICY)
    rejected = Comment.objects.filter(status=Status.REJECTED)
    return rejected.exclude(text=ERASED_TEXT).exclude(Exists(others))


def rejected_lately() -> QuerySet[Any]:
    """By the hour they came at, which has an index: the service decides within seconds."""
    return rejected_by_service().filter(created_at__gte=timezone.now() - LATELY)


def sample() -> list[int]:
    """The numbers of a few of them, drawn anew each time, the latest first."""
    known = rejected_lately().order_by("-created_at", "-id").values_list("pk", flat=True)
    ids = list(known[:DRAWN_FROM])
    return sorted(random.sample(ids, min(SAMPLE, len(ids))), reverse=True)
