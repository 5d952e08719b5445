"""Fuzz everything that readers and moderators can send, in this process, for a limited time."""

import time
from collections.abc import Callable

from django.test import override_settings
from limits import parse_many

from comments.identity import status_token
from comments.models import Comment, KeyScope, Site, SiteKey, Status
from moderation.pipeline import sweep
from tests.fuzz import pages, rest
from tests.fuzz.watch import Watch
from tests.makers import make_article, make_comment

# How many requests each target gets per round; the comment form and its REST endpoint get more.
SHARE = 10
REQUESTS_PER_ROUND = {
    "form": 4,
    "form in parts": 3,
    "form as JSON": 4,
    "POST /api/v1/articles/{key}/comments/": 5,
}
SOME = parse_many("30/minute")
WITH_LIMITS = {f"THROTTLE_{whose}": SOME for whose in ("ADDRESS", "AUTHOR", "ARTICLE", "SITE")}


def fuzz(
    *, requests: int, seconds: float, number: int, tell: Callable[[int], object] = lambda _: None
) -> Watch:
    """Send this many requests, or as many as the time allows, then decide every comment.

    Every fifth round runs with the throttles and form checks on. The same `number` repeats the same
    requests; `tell` is called with the requests of each round. The database must be one for tests.
    """
    with Watch() as watch:
        comment = make_comment(make_article(title="Фаз"))
        known = {"key": comment.article.key, "number": str(comment.pk)}
        known["token"] = status_token(make_comment().pk)
        site_key = SiteKey.objects.add(Site.objects.default(), "fuzz", KeyScope.DECIDE)
        targets = [*rest.rounds(watch, known, site_key), *pages.rounds(watch)]
        turn, end = number * 1_000_000, time.monotonic() + seconds
        while watch.requests < requests and time.monotonic() < end:
            turn += 1
            guards = (
                {"THROTTLES": True, "FORM_CHECKS": True, **WITH_LIMITS} if turn % 5 == 0 else {}
            )
            with override_settings(**guards):
                for name, run in targets:
                    before = watch.requests
                    run(SHARE * REQUESTS_PER_ROUND.get(name, 1), turn)
                    tell(watch.requests - before)
        _decide_all(watch)
    return watch


def _decide_all(watch: Watch) -> None:
    """Everything that was accepted is scored, and shown to readers."""
    waiting = Comment.objects.filter(status=Status.PENDING)
    while (count := waiting.count()) and sweep().decided:
        watch.saw("decided comments", 200, f"{count} comments")
    if waiting.exists():
        watch.saw("decided comments", 500, list(waiting.values_list("text", flat=True)[:5]))
