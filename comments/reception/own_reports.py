"""What the article page tells a reader about the comments that they reported."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from comments.identity import own_report_ids
from comments.models import Article, Status
from moderation.models import Report
from moderation.reports import for_reporter

# How long the page says that a comment was removed.
RECENT = dt.timedelta(days=7)


def context(request: HttpRequest, article: Article, shown: Collection[int]) -> dict[str, Any]:
    """Return a sentence for each reported comment on the page, and those for the others.

    The others are comments that readers no longer see.
    """
    ids = own_report_ids(request)
    if not ids:
        return {}
    since = timezone.now() - RECENT
    current = Q(comment__decided_at__gte=since) | Q(comment__status=Status.HELD)
    of_article = Report.objects.filter(current | Q(comment__in=shown), pk__in=ids)
    reports = list(
        of_article.filter(comment__article=article).select_related("comment__parent").order_by("pk")
    )
    return {
        "reported": {each.comment_id: for_reporter(each) for each in reports},
        "reported_unseen": [
            (each, for_reporter(each)) for each in reports if not each.comment.is_visible
        ],
    }
