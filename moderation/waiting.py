"""How long a comment waits for a decision: its place, and what is usual now."""

import datetime as dt
from dataclasses import dataclass
from statistics import median

from django.core.cache import cache
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comments.models import Comment, Status
from moderation.actors import ActorKind
from moderation.models import Decision
from moderation.models.hours import hour_of
from moderation.policy.verdict import Outcome

# Counting stops here: an exact place in a longer queue says no more.
MOST = 1000
# What is usual is the median of so many latest decisions of people, of at least so many.
MEASURED, FEWEST = 100, 5
RECENT = dt.timedelta(days=7)
CACHE_SECONDS = 60
MINUTE, HOUR, DAY = 60, 3600, 86_400


@dataclass(frozen=True)
class Waiting:
    """How many comments of the site wait longer, at most `MOST`, and the usual seconds."""

    ahead: int
    usual: int | None = None


def waiting(comment: Comment) -> Waiting | None:
    """Return where a comment stands; None if its author knows of a decision."""
    told = comment.status_for_author
    if told not in (Status.PENDING, Status.HELD):
        return None
    site = comment.article.site_id
    waits = Comment.objects.filter(status=told, article__site=site)
    ahead = len(waits.filter(created_at__lt=comment.created_at).values_list("pk")[:MOST])
    return Waiting(ahead, usual_wait(site) if told == Status.HELD else None)


def usual_wait(site: str) -> int | None:
    """Return after how many seconds people decide at present; None if too few have decided."""
    name = f"usual-wait:{site}"
    known = cache.get(name)
    if known is None:
        known = _measured(site) or 0
        cache.set(name, known, CACHE_SECONDS)
    return known or None


def in_words(place: Waiting) -> str:
    """Return the sentences for the author."""
    if place.ahead >= MOST:
        ahead = _("More than %s comments wait longer than yours.") % number_format(MOST - 1)
    elif place.ahead:
        ahead = ngettext(
            "%d comment waits longer than yours.",
            "%d comments wait longer than yours.",
            place.ahead,
        )
        ahead %= place.ahead
    else:
        ahead = _("Yours is the next one.")
    if place.usual is None:
        return ahead
    usual = _("Usually a moderator decides in %s now.") % _duration(place.usual)
    return f"{ahead} {usual}"


def _duration(seconds: int) -> str:
    minutes = max(1, round(seconds / MINUTE))
    if minutes < 60:
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    hours = round(seconds / HOUR)
    if hours < 36:
        return ngettext("%d hour", "%d hours", hours) % hours
    days = round(seconds / DAY)
    return ngettext("%d day", "%d days", days) % days


def _measured(site: str) -> int | None:
    before = Decision.objects.filter(comment=OuterRef("comment"), pk__lt=OuterRef("pk"))
    held_at = Subquery(before.order_by("-pk").values("created_at")[:1])
    settled = Decision.objects.filter(
        hour__gte=hour_of(timezone.now() - RECENT),
        actor_kind=ActorKind.PERSON,
        from_status=Status.HELD,
        outcome__in=(Outcome.PUBLISH, Outcome.REJECT),
        comment__article__site=site,
    )
    times = settled.order_by("-hour", "-pk").values_list("created_at", held_at)[:MEASURED]
    seconds = [(end - begun).total_seconds() for end, begun in times if begun]
    return max(1, round(median(seconds))) if len(seconds) >= FEWEST else None
