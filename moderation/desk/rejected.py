"""Automatically rejected comments, and a random sample of them."""

import datetime as dt
import random
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from comments.models import ERASED_TEXT, Comment, Status
from moderation.actors import ActorKind
from moderation.models import Decision

RECENT = dt.timedelta(days=1)
SAMPLE_SIZE = 10
# The sample is drawn from this many of the latest comments.
MAX_DRAWN_FROM = 2000


def rejected_by_service() -> QuerySet[Any]:
    """Return the comments that the policy rejected and nobody else has decided on since.

    Leaves out those whose text has been erased, since there is nothing left to review.
    """
    others = Decision.objects.filter(comment=OuterRef("pk")).exclude(actor_kind=ActorKind.POLICY)
    rejected = Comment.objects.filter(status=Status.REJECTED)
    return rejected.exclude(text=ERASED_TEXT).exclude(Exists(others))


def recently_rejected() -> QuerySet[Any]:
    """Return those submitted in the last 24 hours; they were decided within seconds.

    The time of submission has an index, unlike that of the decision.
    """
    return rejected_by_service().filter(created_at__gte=timezone.now() - RECENT)


def sample() -> list[int]:
    """Return the ids of a random few of them, latest first; different ones at each call."""
    known = recently_rejected().order_by("-created_at", "-id").values_list("pk", flat=True)
    ids = list(known[:MAX_DRAWN_FROM])
    return sorted(random.sample(ids, min(SAMPLE_SIZE, len(ids))), reverse=True)
