"""One card a campaign: of the comments of a campaign, the queue shows only the first."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from comments.models import Comment, Status
from moderation.models import Membership

# How many of a campaign must wait. Those who share a link or a contact may say different things, so
# few of them are read one by one.
FEWEST_WITH_TEXT = 2
FEWEST_WITH_CONTACT = 5
# With more comments, all memberships in the queue are read rather than those of these comments.
_MANY = 1_000


@dataclass(frozen=True)
class Folded:
    """The comments that are shown, in order, and the campaigns that they stand for."""

    shown: list[int]
    campaigns: set[int]


def fold(ids: Sequence[int]) -> Folded:
    """Leave out the comments whose campaign an earlier one stands for."""
    memberships = _memberships(ids)
    sizes = _sizes({number for numbers in memberships.values() for number in numbers})
    folded = Folded([], set())
    for pk in ids:
        numbers = memberships.get(pk)
        if not numbers:
            folded.shown.append(pk)
        elif folded.campaigns.isdisjoint(numbers):
            folded.shown.append(pk)
            folded.campaigns.update(_stands_for(numbers, sizes))
    return folded


def unfolded_from(comments: QuerySet[Any], campaigns: Collection[int]) -> QuerySet[Any]:
    """Return the comments that are in none of these campaigns."""
    if not campaigns:
        return comments
    members = Membership.objects.filter(comment=OuterRef("pk"), campaign__in=campaigns)
    return comments.exclude(Exists(members))


def beginning(comments: QuerySet[Any], *, wanted: int, at_once: int) -> list[int]:
    """Return the first comments of a queue, folded: as many as wanted, or somewhat more.

    Reads `at_once` ids at a time, so a campaign at the top costs few queries, however long it is.
    """
    shown: list[int] = []
    campaigns: set[int] = set()
    while len(shown) < wanted:
        rest = unfolded_from(comments, campaigns).exclude(pk__in=shown)
        ids = list(rest.values_list("pk", flat=True)[:at_once])
        found = fold(ids)
        shown += found.shown
        campaigns |= found.campaigns
        if len(ids) < at_once:
            break
    return shown


def _memberships(ids: Sequence[int]) -> dict[int, list[int]]:
    rows = Membership.objects.order_by()
    rows = rows.filter(comment__in=ids) if len(ids) <= _MANY else rows.filter(_is_held())
    found: dict[int, list[int]] = {}
    for comment, campaign in rows.values_list("comment", "campaign"):
        found.setdefault(comment, []).append(campaign)
    return found


def _sizes(campaigns: Collection[int]) -> dict[int, int]:
    """Return how many comments of each campaign wait."""
    if not campaigns:
        return {}
    held = Membership.objects.filter(_is_held(), campaign__in=campaigns).order_by()
    return dict(held.values_list("campaign").annotate(Count("pk")))


def _is_held() -> Exists:
    """Read a held comment for each membership, of which there are few, not the other way round."""
    return Exists(Comment.objects.filter(pk=OuterRef("comment"), status=Status.HELD))


def _stands_for(numbers: Iterable[int], sizes: dict[int, int]) -> list[int]:
    """Return the campaign that a comment stands for: that of its text, or its largest one."""
    enough = [
        number
        for number in numbers
        if sizes.get(number, 0) >= (FEWEST_WITH_TEXT if number > 0 else FEWEST_WITH_CONTACT)
    ]
    return sorted(enough, key=lambda number: (number < 0, -sizes[number]))[:1]
